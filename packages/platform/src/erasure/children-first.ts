/** Orders tables so that each stands before those it refers to. Throws on a circle, which no order can empty. */
export function childrenFirst(names: readonly string[], references: readonly { readonly child: string; readonly parent: string }[]): string[] {
  const left = new Set(names)
  const ordered: string[] = []
  while (left.size > 0) {
    const free = [...left].filter((name) => !references.some(({ child, parent }) => parent === name && left.has(child)))
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...left].join(', ')}.`)
    for (const name of free) left.delete(name)
    ordered.push(...free)
  }
  return ordered
}
