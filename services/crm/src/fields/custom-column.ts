import type { CustomValues, FieldRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'

/** The custom values of a record, without those of deleted fields; whoever has none is not asked for fields. */
export const customOf = (record: FieldRecord): RawBuilder<CustomValues> => sql<CustomValues>`case when ${sql.ref(`${record}.custom`)} = '{}' then '{}'
  else ${sql.ref(`${record}.custom`)} - array(select field.id::text from field where field.record = ${sql.lit(record)} and field.deleted_at is not null) end`
