import type { MergeRecord } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mergedAway } from './errors.ts'
import { MERGE_KINDS } from './merge-kind.ts'

/** What to say of a record that is not there: `mergedAway`, with what has become of it, where whoever asks may see that; else 404 as ever. */
export async function missingRecord(ctx: Ctx, record: MergeRecord, id: string): Promise<Error> {
  const table = sql.table(record)
  const survivor = sql`crm.${sql.ref(`survivor_of_${record}`)}(${id}::uuid)`
  const { rows } = await sql<{ id: string }>`
    select ${table}.id from ${table} where ${table}.id = ${survivor} and ${table}.id <> ${id} and ${table}.deleted_at is null
       and ${MERGE_KINDS[record].mayRead(ctx)}`.execute(ctx.db)
  return rows[0] ? mergedAway(rows[0].id) : notFound(record)
}
