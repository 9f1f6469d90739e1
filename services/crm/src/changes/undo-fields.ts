import type { CustomChanges, ListRecord } from '@ai-crm/contracts'
import { isDeepStrictEqual } from 'node:util'
import type { Change } from './plan.ts'
import type { Told } from './record-events.ts'

/** What events told together: from the first value to the last, of each field. */
export interface Undoing {
  readonly changes: Readonly<Record<string, Change>>
  readonly custom: CustomChanges
  /** Whether the record came to be, went or came back by them. */
  readonly life: 'created' | 'deleted' | 'restored' | null
}

export function combine(told: readonly Told[]): Undoing {
  const changes: Record<string, Change> = {}
  const custom: CustomChanges = {}
  let life: Undoing['life'] = null
  for (const one of told) {
    if (one.kind !== 'changed') {
      life = life === 'created' ? life : one.kind
      continue
    }
    for (const [field, change] of Object.entries(one.changes)) changes[field] = after(changes[field], change)
    for (const [id, change] of Object.entries(one.custom)) custom[id] = after(custom[id], change)
  }
  return { changes, custom, life }
}

/** Of two changes of one field: what others made of it in between is what the last one goes back to. */
const after = <Told extends Change>(before: Told | undefined, change: Told): Told =>
  before && isDeepStrictEqual(before.to ?? null, change.from ?? null) ? { ...change, from: before.from } : change

/** Fields that make sense together only: all of them go back, or none. The first says whether they may. */
const GROUPS: Readonly<Record<ListRecord, readonly (readonly string[])[]>> = {
  contact: [
    ['companyId', 'company'],
    ['emails', 'email'],
    ['phones', 'phone'],
    ['consent', 'consentOn', 'consentSource', 'consentNote'],
  ],
  company: [],
  deal: [
    ['amountMinor', 'currency'],
    ['stage', 'lostReason'],
  ],
}

export interface Field {
  readonly field: string
  readonly change: Change
}

/** The changed fields, those together that belong together. */
export function groupsOf(record: ListRecord, changes: Undoing['changes']): Field[][] {
  const grouped = new Set(GROUPS[record].flat())
  const groups = [...GROUPS[record], ...Object.keys(changes).flatMap((field) => (grouped.has(field) ? [] : [[field]]))]
  return groups
    .map((group) =>
      group.flatMap((field): Field[] => {
        const change = changes[field]
        return change ? [{ field, change }] : []
      }),
    )
    .filter((group) => group.length > 0)
}

type Values = Readonly<Record<string, unknown>>

/** Whether nobody has changed it since. The text beside a link follows the company: the link counts. */
export function isUntouched(group: readonly Field[], current: Values): boolean {
  const isLinked = group.some(({ field }) => field === 'companyId')
  return group.every(({ field, change }) => (field === 'company' && isLinked) || isDeepStrictEqual(current[field] ?? null, change.to ?? null))
}

/** The name of a company that is linked is that company's: it goes back with the link, never alone. */
export const mayRename = (group: readonly Field[], current: Values): boolean =>
  !group.some(({ field }) => field === 'company') || group.some(({ field }) => field === 'companyId') || (current['companyId'] ?? null) === null

/** Whether it is what it was before, whoever brought it back. */
export const isBack = (group: readonly Field[], current: Values): boolean =>
  group.every(({ field, change }) => isDeepStrictEqual(current[field] ?? null, change.from ?? null))

/** Tags one by one: those that came go, those that went come back, and what others did with further ones stays. */
export function tagsBefore(current: readonly string[], { from, to }: Change): string[] {
  const [before, after] = [listOf(from), listOf(to)]
  if (isDeepStrictEqual([...current], after)) return before
  const came = new Set(after.filter((id) => !before.includes(id)))
  return [...new Set([...current.filter((id) => !came.has(id)), ...before.filter((id) => !after.includes(id))])]
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])
