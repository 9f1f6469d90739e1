import { isCondition, problemsOf, type FilterCondition, type FilterNode, type ListField } from '@ai-crm/contracts'

/** Which children stand in a group, and how they are joined. */
export interface Group {
  readonly join: 'all' | 'any'
  readonly nodes: readonly FilterNode[]
}

export const groupOf = (node: FilterNode | undefined): Group => {
  if (node && isCondition(node)) return { join: 'all', nodes: [node] }
  return node?.any ? { join: 'any', nodes: node.any } : { join: 'all', nodes: node?.all ?? [] }
}

/** The node of a group; undefined where nothing is left to ask. */
export function nodeOf({ join, nodes }: Group): FilterNode | undefined {
  if (nodes.length === 0) return undefined
  return join === 'all' ? { all: [...nodes] } : { any: [...nodes] }
}

export const withNode = ({ join, nodes }: Group, at: number, node: FilterNode): Group => ({ join, nodes: at < nodes.length ? nodes.with(at, node) : [...nodes, node] })
export const withoutNode = ({ join, nodes }: Group, at: number): Group => ({ join, nodes: nodes.filter((_node, index) => index !== at) })

/** The filter, and these conditions as well. */
export function withConditions(filter: FilterNode | undefined, conditions: readonly FilterNode[]): FilterNode | undefined {
  if (conditions.length === 0) return filter
  const group = groupOf(filter)
  return { all: group.join === 'all' || !filter ? [...conditions, ...group.nodes] : [...conditions, filter] }
}

/** The filter without conditions on fields that are not there for the reader, or that ask what cannot be asked; and how many those were. */
export function soundFilter(filter: FilterNode | undefined, fieldOf: (key: string) => ListField | undefined): { filter: FilterNode | undefined; dropped: number } {
  let dropped = 0
  const isSound = (condition: FilterCondition): boolean => {
    const field = fieldOf(condition.field)
    const fits = field !== undefined && problemsOf(condition, field).length === 0
    if (!fits) dropped += 1
    return fits
  }
  const sound = (node: FilterNode): FilterNode[] => {
    if (isCondition(node)) return isSound(node) ? [node] : []
    const { join, nodes } = groupOf(node)
    // A group that somebody has just begun.
    if (nodes.length === 0) return [node]
    const left = nodeOf({ join, nodes: nodes.flatMap(sound) })
    return left ? [left] : []
  }
  const [left] = filter ? sound(filter) : []
  return { filter: left, dropped }
}
