import type { MergedValues } from '@ai-crm/contracts'
import { isSame, listOf, type ListShape, type Shape, type Values } from './record-values.ts'

/** Another merge into the same survivor that still holds, with what the record that went had. */
export interface StandingMerge {
  readonly id: string
  readonly changes: MergedValues
  readonly merged: Values
}

export interface Separation {
  /** What the survivor gives back, from → to. */
  readonly changes: MergedValues
  /** Fields that were changed after the merge and stay as they are. */
  readonly conflicts: readonly string[]
  /** Later merges, as if this one had never been. */
  readonly later: readonly StandingMerge[]
}

/**
 * What undoing a merge changes of its survivor, whatever happened since. A single value goes back where it still is what the merge made of it; where a
 * later merge took its place, that one remembers what was there before this one. Of lists goes what the merge brought, unless another merged
 * record has it as well. `later`: in the order in which they were merged.
 */
export function separatedValues(shape: Shape, current: Values, undone: MergedValues, later: readonly StandingMerge[]): Separation {
  return Object.entries(undone).reduce<Separation>(
    (before, [field, change]) => {
      const list = shape.lists[field]
      return list ? separateList(list, field, before, current, change) : separateValue(field, before, current, change)
    },
    { changes: {}, conflicts: [], later },
  )
}

type Change = MergedValues[string]

function separateValue(field: string, before: Separation, current: Values, { from, to }: Change): Separation {
  const next = before.later.find(({ changes }) => changes[field])
  const taken = next?.changes[field]
  if (!next || !taken) {
    if (isSame(current[field], to)) return { ...before, changes: { ...before.changes, [field]: { from: current[field] ?? null, to: from } } }
    return isSame(current[field], from) ? before : { ...before, conflicts: [...before.conflicts, field] }
  }
  if (!isSame(taken.from, to)) return { ...before, conflicts: [...before.conflicts, field] }
  return { ...before, later: withChange(before.later, next.id, field, { from, to: taken.to }) }
}

function separateList(list: ListShape, field: string, before: Separation, current: Values, change: Change): Separation {
  const own = new Set(items(change.from).map(list.keyOf))
  const gone = new Set(
    items(change.to)
      .map(list.keyOf)
      .filter((key) => !own.has(key)),
  )
  let { later } = before
  for (const { id, changes, merged } of before.later) {
    const known = changes[field]
    const from = known && without(list, items(known.from), gone, change)
    const held = listOf(merged, field)
      .map(list.keyOf)
      .filter((key) => gone.delete(key))
    if (known && from) later = withChange(later, id, field, { from, to: without(list, items(known.to), gone, change) })
    else if (held.length > 0) later = withChange(later, id, field, bringing(list, listOf(current, field), gone, held))
  }
  const now = listOf(current, field)
  const to = without(list, now, gone, change)
  return { ...before, later, changes: isSame(now, to) ? before.changes : { ...before.changes, [field]: { from: now, to } } }
}

const items = (list: unknown): unknown[] => (Array.isArray(list) ? list : [])

/** Without what the merge brought; what was there before stands in its old order again, where nobody has put it in another one since. */
function without({ keyOf }: ListShape, list: unknown[], gone: ReadonlySet<string>, { from, to }: Change): unknown[] {
  const kept = list.filter((item) => !gone.has(keyOf(item)))
  const isOwn = new Set(items(from).map(keyOf))
  const own = new Map(kept.filter((item) => isOwn.has(keyOf(item))).map((item) => [keyOf(item), item]))
  const inOrderOf = (order: unknown): string[] =>
    items(order)
      .map(keyOf)
      .filter((key) => own.has(key))
  if (!isSame([...own.keys()], inOrderOf(to))) return kept
  const order = inOrderOf(from).values()
  return kept.map((item) => (own.has(keyOf(item)) ? own.get(order.next().value ?? '') : item))
}

/** A merge that brought nothing so far, because another had brought it before, brings it now. */
function bringing({ keyOf }: ListShape, current: unknown[], gone: ReadonlySet<string>, held: readonly string[]): Change {
  const to = current.filter((item) => !gone.has(keyOf(item)))
  return { from: to.filter((item) => !held.includes(keyOf(item))), to }
}

const withChange = (merges: readonly StandingMerge[], id: string, field: string, change: Change): readonly StandingMerge[] =>
  merges.map((merge) => (merge.id === id ? { ...merge, changes: { ...merge.changes, [field]: change } } : merge))
