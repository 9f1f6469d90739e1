import type { Project } from '../project.ts'
import { targetOf } from '../source-file.ts'
import type { Violation } from '../violation.ts'

/** No file imports itself through others. Reports each cycle once, at its first file. */
export function checkImportCycles(project: Project): Violation[] {
  const graph = new Map(
    project.workspaces
      .flatMap(({ sources }) => sources)
      .map(({ path, imports }) => [path, [...new Set(imports.flatMap(({ specifier }) => targetOf(path, specifier) ?? []))]]),
  )
  return componentsOf(graph)
    .filter((files) => files.length > 1)
    .map((files) => ({
      path: files.toSorted()[0] ?? '',
      problem: `Import cycle of ${files.length} files: ${files.toSorted().join(' · ')}.`,
      cure: 'Move what they share into a file of its own that imports none of them.',
    }))
}

/** Strongly connected components (Tarjan 1972). */
function componentsOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const components: string[][] = []

  const visit = (node: string): void => {
    order.set(node, order.size)
    lowest.set(node, order.size - 1)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue
      if (!order.has(next)) visit(next)
      if (stack.includes(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(node) === order.get(node)) components.push(stack.splice(stack.indexOf(node)))
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return components
}
