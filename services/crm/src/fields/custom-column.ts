import type { CustomValues, FieldRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../ctx.ts'

/** The custom values of a record, without those of deleted fields; whoever has none is not asked for fields. */
export const customOf = (record: FieldRecord): RawBuilder<CustomValues> => sql<CustomValues>`case when ${sql.ref(`${record}.custom`)} = '{}' then '{}'
  else ${sql.ref(`${record}.custom`)} - array(select field.id::text from field where field.record = ${sql.lit(record)} and field.deleted_at is not null) end`

/** With the values of deleted fields, which a record keeps: what an event tells that tells all of it. By the ids of records. */
export async function storedCustom(db: Db, record: FieldRecord, ids: readonly string[]): Promise<ReadonlyMap<string, CustomValues>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; custom: CustomValues }>`select id, custom from ${sql.table(record)} where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, custom }) => [id, custom]))
}
