import type { UpdateView, View } from '@ai-crm/contracts'
import { isDeepStrictEqual } from 'node:util'

const PARTS = ['name', 'isShared', 'filter', 'order', 'groupBy', 'columns', 'position'] as const

/** What differs from the view as it is, each with what it was. */
export function changesBetween(view: View, update: UpdateView): Record<string, { from: unknown; to: unknown }> {
  const changed = PARTS.filter((part) => update[part] !== undefined && !isDeepStrictEqual(update[part], view[part]))
  return Object.fromEntries(changed.map((part) => [part, { from: view[part], to: update[part] }]))
}
