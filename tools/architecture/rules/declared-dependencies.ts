import { isTestFile, type Project } from '../project.ts'
import { packageOf } from '../source-file.ts'
import type { Violation } from '../violation.ts'

/** Tools of the whole repository, declared in the root's package.json; tests and configuration files may use them. */
const ROOT_TOOLS = new Set(['vitest', 'fast-check', 'vite', '@ai-crm/testing'])

/** Every imported package stands in the package.json of the workspace that imports it: nothing works by hoisting alone. */
export function checkDeclaredDependencies(project: Project): Violation[] {
  return project.workspaces.flatMap((workspace) =>
    workspace.sources.flatMap((source) =>
      source.imports.flatMap(({ specifier, line }): Violation[] => {
        const name = packageOf(specifier)
        if (name === null || name === workspace.name || workspace.dependencies.has(name)) return []
        const isShipped = source.path.includes('/src/') && !isTestFile(source.path) && workspace.directory !== 'packages/testing'
        if (!isShipped && (workspace.devDependencies.has(name) || ROOT_TOOLS.has(name))) return []
        return [
          {
            path: source.path,
            line,
            problem: `Imports ${name}, which ${workspace.directory}/package.json does not declare.`,
            cure: `npm i --save-exact --ignore-scripts ${isShipped ? '' : '-D '}-w ${workspace.directory} ${name}`,
          },
        ]
      }),
    ),
  )
}
