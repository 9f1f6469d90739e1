import { readProject } from './project.ts'
import { checkCatalogue } from './rules/catalogue.ts'
import { checkDeclaredDependencies } from './rules/declared-dependencies.ts'
import { checkEnvironment } from './rules/environment.ts'
import { checkFileVocabulary } from './rules/file-vocabulary.ts'
import { checkHonestTypes } from './rules/honest-types.ts'
import { checkImportCycles } from './rules/import-cycles.ts'
import { checkImportDirections } from './rules/import-directions.ts'
import { checkLibraries } from './rules/libraries.ts'
import { checkReadmes } from './rules/readmes.ts'
import type { Violation } from './violation.ts'

const RULES = [
  checkImportDirections,
  checkImportCycles,
  checkDeclaredDependencies,
  checkFileVocabulary,
  checkEnvironment,
  checkHonestTypes,
  checkCatalogue,
  checkReadmes,
  checkLibraries,
]

/** Everything in the repository at `root` that breaks a wall or the vocabulary. */
export function checkProject(root: string): Violation[] {
  const project = readProject(root)
  return RULES.flatMap((rule) => rule(project))
}
