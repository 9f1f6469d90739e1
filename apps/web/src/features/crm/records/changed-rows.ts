import { CustomChanges, type TimelineEntry } from '@ai-crm/contracts'
import { z } from 'zod'

type Row = Readonly<Record<string, unknown>>

/** What an event changed: the part of the record that it touched, before and after. */
export interface ChangedRows {
  readonly before: Row
  readonly after: Row
}

const WithChanges = z.object({ changes: z.record(z.string(), z.unknown()) })
const Change = z.object({ from: z.unknown(), to: z.unknown() })

/** Null where an event tells of no change. Addresses come as one text, below the key of the primary one. */
export function changedRows(data: TimelineEntry['data']): ChangedRows | null {
  const changes = WithChanges.safeParse(data).data?.changes
  if (!changes) return null
  const { custom, ...own } = changes
  const told = Object.entries(own).flatMap(([key, change]) => {
    const { data: sides } = Change.safeParse(change)
    return sides ? [{ key, ...sides }] : []
  })
  if (told.length === 0 && !custom) return null
  const customs = Object.entries(CustomChanges.safeParse(custom).data ?? {})
  const sideOf = (side: 'from' | 'to'): Row => ({
    ...Object.fromEntries(told.map((change) => [change.key, change[side]])),
    ...addresses(told.find(({ key }) => key === 'emails')?.[side], 'email', ({ address }) => address),
    ...addresses(told.find(({ key }) => key === 'phones')?.[side], 'phone', ({ international, number }) => international ?? number),
    ...addresses(told.find(({ key }) => key === 'telegrams')?.[side], 'telegrams', ({ username, id }) => (username ? `@${username}` : id)),
    custom: Object.fromEntries(customs.flatMap(([id, change]) => (change[side] === null ? [] : [[id, change[side]]]))),
    changedCustom: customs.map(([id]) => id),
  })
  return { before: sideOf('from'), after: sideOf('to') }
}

type Address = Readonly<Record<string, string | null | undefined>>
const Addresses = z.array(z.record(z.string(), z.unknown()))

/** All of a kind as one text, for the numbers and names that people know them by. */
function addresses(value: unknown, key: string, textOf: (address: Address) => string | null | undefined): Row {
  const { data } = Addresses.safeParse(value)
  if (!data) return {}
  const texts = data.map((address) => textOf(Object.fromEntries(Object.entries(address).map(([name, part]) => [name, typeof part === 'string' ? part : null]))))
  return { [key]: texts.filter((text) => text).join(', ') || null }
}

const CurrencyChange = z.object({ changes: z.object({ currency: z.object({ from: z.string().nullable() }) }), dealId: z.string() })

/**
 * The currency of a deal right after one of its events: events of amounts tell it only where it changed. It is what the next change of it
 * began with; undefined where none followed, and it is what the deal has now. Entries are newest first.
 */
export function currencyAfter(entries: readonly TimelineEntry[], at: number): string | null | undefined {
  const dealId = entries[at]?.data['dealId']
  for (const { data } of entries.slice(0, at).toReversed()) {
    const { data: told } = CurrencyChange.safeParse(data)
    if (told && told.dealId === dealId) return told.changes.currency.from
  }
  return undefined
}
