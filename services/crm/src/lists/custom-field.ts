import { SORTABLE_CUSTOM_KINDS, type CustomFieldKind } from '@ai-crm/contracts'
import type { CustomField } from './list-asker.ts'
import type { SqlField } from './sql-field.ts'

const isText = (kind: CustomFieldKind): boolean => kind === 'text' || kind === 'url'

/** Its row of field_value, which conditions and walks call `kept`. */
export function sqlFieldOf({ id, kind }: CustomField): SqlField {
  const isNumber = kind === 'number' || kind === 'money' || kind === 'date' || kind === 'checkbox'
  const column = isNumber ? 'kept.sortNumber' : 'kept.sortText'
  // Options stand in their order.
  const sorted = kind === 'select' ? 'kept.sortNumber' : column
  return {
    column,
    fieldId: id,
    ...(isText(kind) ? { form: 'folded' } : {}),
    ...(kind === 'money' ? { currency: 'kept.sortText' } : {}),
    ...(SORTABLE_CUSTOM_KINDS.has(kind) ? { sort: { column: sorted, isNullable: true } } : {}),
  }
}
