import type { FilterCondition, ListField } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'
import { z } from 'zod'
import { formatMoney } from '../../../lib/money/money.ts'
import { fieldLabel, offeredLabel, optionLabel, relationLabel, type OfferedField, type ShownField } from './offered-fields.ts'

export interface Reader {
  readonly t: TFunction
  readonly locale: string
  readonly nameOf: (userId: string) => string | null
  /** What a record is called that a condition names; null while that is not known, or not for this reader. */
  readonly recordName?: (id: string) => string | null
}

export function operatorLabel(t: TFunction, { kind }: ListField, op: FilterCondition['op']): string {
  const isDay = kind === 'date' || kind === 'instant'
  if (isDay && (op === 'lt' || op === 'lte' || op === 'gt' || op === 'gte')) return t(`lists.dayOperators.${op}`)
  return t(`lists.operators.${op}`)
}

const Amount = z.object({ amountMinor: z.number(), currency: z.string() })

function scalarText({ t, locale, nameOf, recordName }: Reader, field: ShownField, value: unknown): string {
  const money = Amount.safeParse(value)
  if (money.success) return formatMoney(money.data.amountMinor, money.data.currency, locale)
  if (typeof value === 'boolean') return value ? t('lists.yes') : t('lists.no')
  const text = String(value)
  if (field.kind === 'select' || field.kind === 'multiSelect') return optionLabel(t, field, text)
  if (field.kind === 'person') return nameOf(text) ?? t('lists.unknownMember')
  if (field.kind === 'relation') return recordName?.(text) ?? '…'
  if (field.kind !== 'date' && field.kind !== 'instant') return text
  return new Date(`${text}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
}

function valueText(reader: Reader, field: ShownField, { op, value }: FilterCondition): string {
  if (op === 'withinLast' || op === 'withinNext') return reader.t('lists.days', { count: Number(value) })
  if (!Array.isArray(value)) return scalarText(reader, field, value)
  const texts = value.map((one) => scalarText(reader, field, one))
  if (op === 'between') return reader.t('lists.range', { from: texts[0], to: texts[1] })
  return texts.length > 2 ? reader.t('lists.more', { first: texts[0], count: texts.length - 1 }) : texts.join(', ')
}

/** The condition as a sentence. */
export function describeCondition(reader: Reader, condition: FilterCondition, offered: OfferedField): string {
  const { field, relation, record } = offered
  const { t } = reader
  const isNone = condition.match === 'none' && relation !== null
  const name = isNone ? fieldLabel(t, record, field) : offeredLabel(t, offered)
  const operator = operatorLabel(t, field, condition.op)
  const hasValue = condition.value !== undefined && condition.value !== null
  const text = hasValue
    ? t('lists.chip', { field: name, operator, value: valueText(reader, field, condition) })
    : t('lists.bareChip', { field: name, operator })
  return isNone ? t('lists.noneChip', { relation: relationLabel(t, relation), condition: text }) : text
}
