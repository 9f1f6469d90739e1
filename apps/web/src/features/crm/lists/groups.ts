import { GROUPABLE_KINDS, type FilterNode, type Group, type ListRecord } from '@ai-crm/contracts'
import { fieldLabel, optionLabel, type ShownField } from './offered-fields.ts'
import type { Reader } from './describe-condition.ts'

export const isGroupable = ({ kind }: ShownField): boolean => GROUPABLE_KINDS.has(kind)

const isMonthly = ({ kind }: ShownField): boolean => kind === 'date' || kind === 'instant'

/** Of a group: what its records have in common, as a condition. */
export function conditionOf(field: ShownField, value: string | null): FilterNode {
  if (value === null) return { field: field.key, op: 'isEmpty' }
  if (field.kind === 'multiSelect') return { field: field.key, op: 'isAnyOf', value: [value] }
  if (field.kind === 'checkbox') return { field: field.key, op: 'is', value: value === 'true' }
  return isMonthly(field) ? { field: field.key, op: 'between', value: daysOf(value) } : { field: field.key, op: 'is', value }
}

/** The first and the last day of a month, `2026-02`. */
function daysOf(month: string): [string, string] {
  const [year = 0, of = 1] = month.split('-').map(Number)
  // Day 0 of the next month is the last of this one.
  const last = new Date(Date.UTC(year, of, 0)).getUTCDate()
  return [`${month}-01`, `${month}-${String(last).padStart(2, '0')}`]
}

export function groupLabel({ t, locale, nameOf }: Reader, record: ListRecord, field: ShownField, { value, label }: Group): string {
  if (value === null) return t('lists.groups.none', { field: fieldLabel(t, record, field) })
  if (field.kind === 'person') return nameOf(value) ?? t('lists.unknownMember')
  if (field.kind === 'relation') return label ?? t('fields.unseen')
  if (field.kind === 'checkbox') return t(value === 'true' ? 'lists.yes' : 'lists.no')
  if (!isMonthly(field)) return optionLabel(t, field, value)
  return new Date(`${value}-01T00:00:00Z`).toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
}

/** Options in their own order, months with the newest first, others as they come: the largest first. Records without a value stand last. */
export function inGroupOrder(field: ShownField, groups: readonly Group[]): readonly Group[] {
  const order = new Map((field.custom?.options.map(({ id }) => id) ?? field.options ?? []).map((id, at) => [id, at]))
  const place = ({ value }: Group) => order.get(value ?? '') ?? order.size
  const compare = (one: Group, other: Group): number => {
    if (one.value === null || other.value === null) return Number(one.value === null) - Number(other.value === null)
    if (isMonthly(field)) return other.value.localeCompare(one.value)
    return field.kind === 'select' ? place(one) - place(other) : 0
  }
  return groups.toSorted(compare)
}
