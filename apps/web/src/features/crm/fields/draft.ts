import type { CustomValue, Field, GivenCustom } from '@ai-crm/contracts'
import { parseMoney, typedMoney } from '../../../lib/money/money.ts'
import { parseNumber } from '../../../lib/numbers.ts'
import { isDay } from '../../../lib/time/typed-day.ts'
import { toWebsite } from '../../../lib/web-address.ts'

/** A value while it is edited: what is typed or chosen. */
export interface Draft {
  readonly text: string
  /** Of money. */
  readonly currency: string
  /** Of several options. */
  readonly ids: readonly string[]
}
type Definition = Pick<Field, 'kind' | 'currency'>

/** `usual`: the currency where neither value nor field names one. */
export function draftOf({ currency }: Definition, value: CustomValue | null, usual: string): Draft {
  const empty = { text: '', currency: currency ?? usual, ids: [] }
  if (value === null) return empty
  if (Array.isArray(value)) return { ...empty, ids: value }
  if (typeof value === 'object') return { ...empty, text: typedMoney(value.amountMinor, value.currency), currency: value.currency }
  return { ...empty, text: String(value) }
}

/** What the draft comes to; undefined where it is no value of this kind. */
export function valueOf({ kind }: Definition, { text, currency, ids }: Draft): GivenCustom[string] | undefined {
  if (kind === 'multiSelect') return ids.length > 0 ? [...ids] : null
  const typed = text.trim()
  if (typed === '') return null
  if (kind === 'number') return parseNumber(typed) ?? undefined
  if (kind === 'checkbox') return typed === 'true'
  if (kind === 'url') return asAddress(typed)
  if (kind === 'date') return isDay(typed) ? typed : undefined
  if (kind !== 'money') return typed
  const amountMinor = parseMoney(typed, currency)
  return amountMinor === null ? undefined : { amountMinor, currency }
}

function asAddress(typed: string): string | undefined {
  const address = toWebsite(typed)
  return address !== null && /^https?:/i.test(address) && URL.canParse(address) ? address : undefined
}

/** An archived option stays where it was chosen, and is offered nowhere else. */
export const offeredOptions = ({ options }: Pick<Field, 'options'>, chosen: readonly string[]): Field['options'] =>
  options.filter(({ id, isArchived }) => !isArchived || chosen.includes(id))

export const isSameDraft = (a: Draft, b: Draft): boolean =>
  a.text.trim() === b.text.trim() && a.ids.join() === b.ids.join() && (a.text.trim() === '' || a.currency === b.currency)
