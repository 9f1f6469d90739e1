import path from 'node:path'
import type { Project } from '../project.ts'
import type { Violation } from '../violation.ts'

const MAX_LINES = 300
/** Generated, one entry per table: nobody reads it from top to bottom. */
const GENERATED = /^services\/[a-z-]+\/src\/tables\.ts$/
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
/** Routes of TanStack Router are named by its rules: `$contactId`, `__root`, `_signed-in`. */
const ROUTE_FILE = /^apps\/web\/src\/routes?\//
/** Names under which anything could be filed. */
const EMPTY_WORDS = ['utils', 'util', 'helpers', 'helper', 'common', 'manager', 'misc', 'shared', 'lib']
/** Folders of the web app that the layout names. */
const NAMED_FOLDERS = new Set(['apps/web/src/lib'])

/** Files are called by what they do or hold, small enough to be read, and only a package has an index. */
export function checkFileVocabulary(project: Project): Violation[] {
  return project.workspaces.flatMap((workspace) =>
    workspace.sources.flatMap((source) => {
      const violations: Violation[] = []
      const stem = path.posix.basename(source.path).replace(/\.tsx?$/, '')
      const words = stem.split('.')[0] ?? ''
      const folders = foldersOf(source.path)

      if (!ROUTE_FILE.test(source.path) && !stem.split('.').every((part) => KEBAB_CASE.test(part))) {
        violations.push({
          path: source.path,
          problem: 'The file name is not kebab-case.',
          cure: 'Call it like create-contact.ts: verb-noun for commands, nouns for pure things.',
        })
      }
      const empty = [words, ...folders.map((folder) => path.posix.basename(folder))].find((word) => EMPTY_WORDS.includes(word))
      if (empty !== undefined) {
        violations.push({
          path: source.path,
          problem: `"${empty}" says nothing about what is inside.`,
          cure: 'Name the file or folder by the thing that it holds.',
        })
      }
      if (words === 'index' && !isEntry(workspace.directory, source.path)) {
        violations.push({ path: source.path, problem: 'Only a package has an index.ts.', cure: 'Import the files directly; barrels make cycles.' })
      }
      if (source.lineCount > MAX_LINES && !GENERATED.test(source.path)) {
        violations.push({ path: source.path, problem: `${source.lineCount} lines, more than ${MAX_LINES}.`, cure: 'Split it by the things in it.' })
      }
      return violations
    }),
  )
}

const isEntry = (directory: string, file: string): boolean =>
  (directory.startsWith('packages/') && file === `${directory}/src/index.ts`) || ROUTE_FILE.test(file)

function foldersOf(file: string): string[] {
  const parts = path.posix.dirname(file).split('/')
  return parts.map((_part, position) => parts.slice(0, position + 1).join('/')).filter((folder) => !NAMED_FOLDERS.has(folder))
}
