import type { ListRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { FieldInSight } from './field-in-sight.ts'

/** The records with the rows of a custom field, if it is one. */
export const tableWith = (record: ListRecord, { column: { fieldId } }: FieldInSight): RawBuilder<unknown> =>
  fieldId === undefined
    ? sql.table(record)
    : sql`${sql.table(record)} left join field_value as kept on kept.field_id = ${fieldId}::uuid and kept.record_id = ${sql.ref(`${record}.id`)} and kept.ordinal = 0`
