import { type ESTree, Visitor } from 'vite'
import { isTestFile, type Project } from '../project.ts'
import type { Violation } from '../violation.ts'

/** Where the environment may be read: the server's start, tools of tests, and configuration files of build tools. */
const ALLOWED = [/^apps\/server\/src\//, /^packages\/testing\/src\//, /^apps\/web\/[^/]+\.config\.ts$/]

/** Configuration is read once, checked and documented (wall 7): no stray process.env. */
export function checkEnvironment(project: Project): Violation[] {
  const sources = project.workspaces.flatMap((workspace) => workspace.sources)
  return sources
    .filter(({ path }) => !isTestFile(path) && !ALLOWED.some((place) => place.test(path)))
    .flatMap((source) => {
      const starts: number[] = []
      new Visitor({
        MemberExpression({ object, property, start }) {
          const isEnv = (property.type === 'Identifier' && property.name === 'env') || (property.type === 'Literal' && property.value === 'env')
          if (isProcess(object) && isEnv) starts.push(start)
        },
        VariableDeclarator({ id, init, start }) {
          const takesEnv =
            id.type === 'ObjectPattern' && id.properties.some((part) => part.type === 'Property' && part.key.type === 'Identifier' && part.key.name === 'env')
          if (init && isProcess(init) && takesEnv) starts.push(start)
        },
      }).visit(source.program)
      return starts.map((start): Violation => ({
        path: source.path,
        line: source.lineAt(start),
        problem: 'Reads process.env.',
        cure: 'Declare the variable in the config.ts of the service and read it from ctx.config.',
      }))
    })
}

const isProcess = (node: ESTree.Node): boolean => node.type === 'Identifier' && node.name === 'process'
