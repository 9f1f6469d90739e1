import type { ListRecord, OperationRecord, OperationRecordQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayReadSome, RECORDS } from '../lists/list-record.ts'
import { getOperation } from './get-operation.ts'

/** What an operation did to each record, in their order; names of what is in sight, the deleted among it. */
export async function listOperationRecords(
  ctx: Ctx,
  operationId: string,
  query: OperationRecordQuery,
): Promise<{ items: OperationRecord[]; nextCursor: string | null }> {
  const { record, kind } = await getOperation(ctx, operationId)
  const { limit, cursor, outcome } = query
  const list = `operation/${operationId}/${outcome}`
  const [after] = cursor === undefined ? [-1] : decodeCursor(ctx, list, cursor)
  const { rows } = await sql<OperationRecord>`
    select ordinal, record_id as "recordId", outcome, code, detail, ${kind === 'undo' ? sql`coalesce(${nameOf(ctx, record)}, case when record_id is null then detail end)` : nameOf(ctx, record)} as name
      from operation_record as kept
     where operation_id = ${operationId}::uuid and ${ofOutcome(outcome)} and ordinal > ${after}::integer
     order by ordinal limit ${limit + 1}`.execute(ctx.db)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, list, [last.ordinal]) : null }
}

/** What was done in part only is among what was skipped, too. */
const ofOutcome = (outcome: OperationRecordQuery['outcome']): RawBuilder<boolean> =>
  outcome === 'skipped' ? sql<boolean>`code is not null` : sql<boolean>`outcome = ${outcome}`

const NAMES: Readonly<Record<ListRecord, string>> = { contact: 'contact.name', company: 'company.name', deal: 'deal.title' }

const nameOf = (ctx: Ctx, record: ListRecord): RawBuilder<string | null> =>
  mayReadSome(ctx, record)
    ? sql<string | null>`(select ${sql.ref(NAMES[record])} from ${sql.table(record)}
        where ${sql.ref(`${record}.id`)} = kept.record_id and ${RECORDS[record].mayRead(ctx)})`
    : sql<null>`null::text`
