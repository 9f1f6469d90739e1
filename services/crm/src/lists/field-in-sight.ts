import { builtInField, fieldPath, type FieldPath, type ListField, type ListRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { isHidden, mayReadSome, RECORDS } from './list-record.ts'
import type { SqlField } from './sql-field.ts'

export interface FieldInSight {
  readonly path: FieldPath
  readonly field: ListField
  readonly column: SqlField
}

/** The field that a key names; null where there is none, or none for this person: which of the two is not told. */
export function fieldInSight(asker: Asker, record: ListRecord, key: string): FieldInSight | null {
  const path = fieldPath(record, key)
  if (path.relation && (!mayReadSome(asker, path.record) || isHiddenRelation(asker, path))) return null
  const field = builtInField(path.record, path.key)
  const column = RECORDS[path.record].fields[path.key]
  return field && column && !isHidden(asker, path.record, path.key) ? { path, field, column } : null
}

const isHiddenRelation = (asker: Asker, { relation }: FieldPath): boolean =>
  relation?.through !== undefined && isHidden(asker, relation.through.record, relation.through.field)
