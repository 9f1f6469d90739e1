import type { CustomChanges, CustomValues } from '@ai-crm/contracts'

interface WithCustom {
  readonly custom: CustomValues
}

/** From → to of the custom values that a row really changes; null where it changes none. */
export function customChangesBy({ custom }: WithCustom, current: WithCustom, isOver: boolean): CustomChanges | null {
  const entries = Object.entries(custom).flatMap(([id, to]) => {
    const from = current.custom[id] ?? null
    const isSame = from !== null && JSON.stringify(from) === JSON.stringify(to)
    return isSame || (from !== null && !isOver) ? [] : [[id, { from, to }] as const]
  })
  return entries.length === 0 ? null : Object.fromEntries(entries)
}
