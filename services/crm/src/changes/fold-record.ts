import { ContactEmail, ContactPhone, ContactTelegram, type CustomValues, CustomValues as CustomValuesSchema } from '@ai-crm/contracts'
import { z } from 'zod'
import { addressesIn } from '../contacts/addresses.ts'
import { NOBODY_KNOWS } from '../contacts/settle-person.ts'
import { changed } from '../fields/change-custom.ts'
import { readTold, type RecordEvent } from './record-events.ts'

/** A record as its events tell it up to some moment. */
export interface Folded {
  readonly version: number
  readonly since: Date
  readonly isDeleted: boolean
  /** By the names of its fields; `custom` apart. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly custom: CustomValues
}

/** What an event makes of the record; null before its first one. */
export function foldEvent(before: Folded | null, event: RecordEvent): Folded | null {
  const told = readTold(event)
  const step = { version: event.version, since: event.occurredAt }
  // What says of a record what became of another one changes nothing of it.
  if (!told) return before && { ...before, ...step }
  if (told.kind === 'created' || told.kind === 'restored') {
    const { custom, separatedFrom: _separated, isImported: _imported, ...data } = told.data
    const fields = { ...before?.fields, ...('stage' in data ? { stageEnteredAt: event.occurredAt.toISOString() } : {}), ...data }
    return { ...step, isDeleted: false, fields: wholeOf(fields), custom: CustomValuesSchema.parse(custom ?? {}) }
  }
  if (!before) return null
  if (told.kind !== 'changed') return { ...before, ...step, isDeleted: true }
  const entry = told.follows && { stageEnteredAt: event.occurredAt.toISOString(), ...told.follows }
  const fields = wholeOf({ ...before.fields, ...Object.fromEntries(Object.entries(told.changes).map(([field, { to }]) => [field, to])), ...entry })
  return { ...before, ...step, fields, custom: changed(before.custom, told.custom) }
}

const Reached = z.object({
  email: z.string().nullable(),
  emails: z.array(ContactEmail).default([]),
  phone: z.string().nullable(),
  phones: z.array(ContactPhone).default([]),
  telegrams: z.array(ContactTelegram).default([]),
})

/** Contacts that were made before they had lists have one address at most; tags came later, too. */
function wholeOf({ tagIds = [], ...fields }: Record<string, unknown>): Record<string, unknown> {
  if (!('email' in fields)) return { ...fields, tagIds }
  return { ...NOBODY_KNOWS, ...fields, tagIds, ...addressesIn(Reached.parse(fields)) }
}
