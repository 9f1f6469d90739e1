import { Visitor } from 'vite'
import { isTestFile, type Project } from '../project.ts'
import type { Violation } from '../violation.ts'

/** No `any` and no `!`: what the compiler does not know is checked, not claimed. Lint bans them too; this needs no type information. */
export function checkHonestTypes(project: Project): Violation[] {
  const sources = project.workspaces.flatMap(({ directory, sources: files }) => (directory === 'packages/testing' ? [] : files))
  return sources
    .filter(({ path }) => !isTestFile(path))
    .flatMap((source) => {
      const violations: Violation[] = []
      const add = (start: number, problem: string, cure: string) => violations.push({ path: source.path, line: source.lineAt(start), problem, cure })
      new Visitor({
        TSAnyKeyword: ({ start }) => add(start, 'Says `any`.', 'Say what it is, or `unknown` and parse it with Zod.'),
        TSNonNullExpression: ({ start }) =>
          add(start, 'Claims by `!` that a value is there.', 'Return early where it is not, or throw an error that says what is missing.'),
      }).visit(source.program)
      return violations
    })
}
