import { CustomValue, customFieldIdOf, type CustomFieldKind } from '@ai-crm/contracts'
import { draftOf, type Draft } from '../../fields/draft.ts'
import { valueIn } from '../field-value.ts'
import type { ShownField } from '../offered-fields.ts'
import { isGivenCompany, type CellValue } from './record-edit.ts'

/** The value of a cell as its editor takes it. */
export function cellValue(row: object, { key }: ShownField): CustomValue | null {
  const customId = customFieldIdOf(key)
  if (customId !== null) return CustomValue.safeParse(valueIn(Object(valueIn(row, 'custom')), customId)).data ?? null
  const value = valueIn(row, key)
  if (key === 'amountMinor') return CustomValue.safeParse({ amountMinor: value, currency: valueIn(row, 'currency') }).data ?? null
  if (key === 'domains' && Array.isArray(value)) return value.join(', ')
  return CustomValue.safeParse(value).data ?? null
}

/** The kind of a field as inputs know it. */
export const inputKind = ({ kind }: ShownField): CustomFieldKind => (kind === 'instant' ? 'date' : kind)

/** What an editor begins with: what was refused, or else what stands in the cell. */
export function beginOf(
  { field, row, refused, typed }: { field: ShownField; row: object; refused: CellValue | undefined; typed: string | null },
  usual: string,
): Draft {
  const value = refused === undefined || isGivenCompany(refused) ? cellValue(row, field) : refused
  const draft = draftOf({ kind: inputKind(field), currency: field.custom?.currency ?? null }, value, usual)
  return typed === null ? draft : { ...draft, text: typed }
}

const LONG: ReadonlySet<string> = new Set(['note', 'lostReason'])
export const isLong = ({ key }: ShownField): boolean => LONG.has(key)

const TYPED: ReadonlySet<string> = new Set(['text', 'url', 'number', 'money'])
/** Whether typing into the cell begins its value anew. */
export const isTypable = (field: ShownField): boolean => TYPED.has(field.kind) && field.key !== 'company' && !isLong(field)
