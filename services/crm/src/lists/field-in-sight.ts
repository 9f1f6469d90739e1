import { builtInField, customFieldIdOf, customListField, fieldPath, type FieldPath, type ListField, type ListRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sqlFieldOf } from './custom-field.ts'
import type { ListAsker } from './list-asker.ts'
import { isHidden, mayReadSome, RECORDS } from './list-record.ts'
import type { SqlField } from './sql-field.ts'

export interface FieldInSight {
  readonly path: FieldPath
  readonly field: ListField
  readonly column: SqlField
}

/** The field that a key names; null where there is none, or none for this person: which of the two is not told. */
export function fieldInSight(asker: ListAsker, record: ListRecord, key: string): FieldInSight | null {
  const path = fieldPath(record, key)
  if (path.relation && (!mayReadSome(asker, path.record) || isHiddenRelation(asker, path))) return null
  const customId = customFieldIdOf(path.key)
  if (customId !== null) return customInSight(asker, path, customId)
  const field = builtInField(path.record, path.key)
  const column = RECORDS[path.record].fields[path.key]
  return field && column && !isHidden(asker, path.record, path.key) ? { path, field, column } : null
}

const isHiddenRelation = (asker: Asker, { relation }: FieldPath): boolean =>
  relation?.through !== undefined && isHidden(asker, relation.through.record, relation.through.field)

function customInSight(asker: ListAsker, path: FieldPath, id: string): FieldInSight | null {
  const custom = asker.custom.get(id)
  if (!custom || custom.record !== path.record || isHidden(asker, path.record, path.key)) return null
  return { path, field: customListField(custom), column: sqlFieldOf(custom) }
}
