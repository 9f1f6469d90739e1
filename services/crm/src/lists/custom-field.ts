import { OPERATORS_OF, type CustomFieldKind, type FilterOperator, type ListField } from '@ai-crm/contracts'
import type { CustomField } from './list-asker.ts'
import type { SqlField } from './sql-field.ts'

/** By which column of field_value lists are walked in the order of a custom field; those of the others have none. */
const SORTED: Partial<Record<CustomFieldKind, 'kept.sortText' | 'kept.sortNumber'>> = {
  text: 'kept.sortText',
  url: 'kept.sortText',
  number: 'kept.sortNumber',
  money: 'kept.sortNumber',
  date: 'kept.sortNumber',
  select: 'kept.sortNumber',
  checkbox: 'kept.sortNumber',
}

const isText = (kind: CustomFieldKind): boolean => kind === 'text' || kind === 'url'

/** A custom field as a field of lists. Teams of other people are asked of owners only. */
export function listFieldOf(key: string, { kind, options, relatesTo }: CustomField): ListField {
  const operators: readonly FilterOperator[] = OPERATORS_OF[kind].filter((op) => op !== 'isMyTeams')
  return {
    key,
    kind,
    operators,
    isSortable: SORTED[kind] !== undefined,
    ...(kind === 'select' || kind === 'multiSelect' ? { options: options.map(({ id }) => id) } : {}),
    ...(relatesTo ? { to: relatesTo } : {}),
  }
}

/** Its row of field_value, which conditions and walks call `kept`. */
export function sqlFieldOf({ id, kind }: CustomField): SqlField {
  const column = kind === 'number' || kind === 'money' || kind === 'date' || kind === 'checkbox' ? 'kept.sortNumber' : 'kept.sortText'
  const sorted = SORTED[kind]
  return {
    column,
    fieldId: id,
    ...(isText(kind) ? { form: 'folded' } : {}),
    ...(kind === 'money' ? { currency: 'kept.sortText' } : {}),
    ...(sorted ? { sort: { column: sorted, isNullable: true } } : {}),
  }
}
