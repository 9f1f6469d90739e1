import type { ListRecord } from '@ai-crm/contracts'
import type { Asker } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { starterOf } from './operation.ts'

const touched = (asker: Asker, operationId: string): RawBuilder<unknown> => sql`select kept.record_id from operation_record as kept
    where kept.operation_id = ${operationId}::uuid and kept.outcome = 'changed'
      and exists (select from operation where operation.id = kept.operation_id and operation.started_by_id = ${starterOf(asker)}::uuid)`

/** What an operation of the asker made or changed; of anybody else's, nothing. */
export const touchedBy = (asker: Asker, record: ListRecord, operationId: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${record}.id`)} in (${touched(asker, operationId)})`

/** The same records instead of the table of all, each fetched by its id, the deleted among them. */
export const touchedRecords = (asker: Asker, record: ListRecord, operationId: string): RawBuilder<unknown> => sql`
  (select found.* from (select distinct record_id from (${touched(asker, operationId)}) as each) as touched
    cross join lateral (select * from ${sql.table(record)} where ${sql.ref(`${record}.id`)} = touched.record_id limit 1) as found) as ${sql.table(record)}`

/** Fewer than this are fetched and sorted in a moment. */
const MANY = 2_000

/** Whether a walk through all records is likely to come by some of them soon. */
export async function touchesMany(ctx: Ctx, operationId: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('operation').select('changed').where('id', '=', operationId).where('startedById', '=', starterOf(ctx)).executeTakeFirst()
  return (row?.changed ?? 0) > MANY
}
