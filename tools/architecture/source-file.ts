import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type ESTree, parseSync } from 'vite'

export interface ImportedModule {
  readonly specifier: string
  readonly line: number
}

export interface SourceFile {
  /** From the repository's root. */
  readonly path: string
  readonly lineCount: number
  readonly imports: readonly ImportedModule[]
  readonly program: ESTree.Program
  lineAt(offset: number): number
}

/** Parses a file by oxc. Type imports count like others: a cycle of types is a tangle as well. */
export function readSource(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), 'utf8')
  const { program, module, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`)

  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => ({ specifier: moduleRequest.value, start: moduleRequest.start })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest ? [{ specifier: moduleRequest.value, start: moduleRequest.start }] : [])),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => literalAt(text, start, end)),
  ]
  return {
    path: file,
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: requests.map(({ specifier, start }) => ({ specifier, line: lineAt(start) })),
    program,
    lineAt,
  }
}

/** `import('x')` names a module, `import(name)` does not. */
function literalAt(text: string, start: number, end: number): { specifier: string; start: number }[] {
  const literal = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(start, end))?.[2]
  return literal === undefined ? [] : [{ specifier: literal, start }]
}

/** The file that a relative import names, from the repository's root; null for packages. */
export function targetOf(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)) : null
}

/** `@scope/name/sub` → `@scope/name`; null for relative imports, Node's own and the bundler's virtual modules. */
export function packageOf(specifier: string): string | null {
  if (specifier.startsWith('.') || specifier.startsWith('node:') || specifier.startsWith('virtual:')) return null
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
