import { operationFinished, type OperationProgress } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { OPERATION_COLUMNS, type OperationRow } from './operation.ts'
import type { WriteOperation } from './begin-operation.ts'

/** What became of one record. `versions`: of the first and the last event that the operation made of it. */
export interface Outcome {
  readonly ordinal: number
  readonly recordId: string | null
  readonly outcome: 'changed' | 'unchanged' | 'skipped'
  readonly code?: string
  readonly detail?: string
  readonly versions?: readonly [first: number, last: number]
}

const MAX_DETAIL = 500

/**
 * The operation, kept by this transaction from now on and marked as running; null when it is over, cancelled too: then its job ends. To be
 * called first in every step of a job.
 */
export async function takeOperation(db: Db, operationId: string): Promise<OperationRow | null> {
  const row = await db
    .updateTable('operation')
    .set({ status: 'running' })
    .where('id', '=', operationId)
    .where('status', 'in', ['waiting', 'running'])
    .returning(OPERATION_COLUMNS)
    .executeTakeFirst()
  return row ?? null
}

/**
 * What a step did, in the transaction that did it, in one statement however much it was. A record that has an outcome keeps it, and is
 * counted once; whoever started it sees how far it is. After takeOperation.
 */
export async function noteOutcomes(
  ctx: Ctx,
  { db, afterCommit }: Pick<Scope, 'db' | 'afterCommit'>,
  operationId: string,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  const details = outcomes.map(({ detail = null }) => detail?.slice(0, MAX_DETAIL).toWellFormed() ?? null)
  const { rows } = await sql<OperationProgress & { startedById: string | null }>`
    with told as (
      insert into operation_record as kept (operation_id, ordinal, record_id, outcome, code, detail, first_version, last_version)
      select ${operationId}::uuid, * from unnest(${outcomes.map(({ ordinal }) => ordinal)}::integer[], ${outcomes.map(({ recordId }) => recordId)}::uuid[],
        ${outcomes.map(({ outcome }) => outcome)}::text[], ${outcomes.map(({ code = null }) => code)}::text[], ${details}::text[],
        ${outcomes.map(({ versions }) => versions?.[0] ?? null)}::integer[], ${outcomes.map(({ versions }) => versions?.[1] ?? null)}::integer[])
      on conflict (organization_id, operation_id, ordinal) do update
        set record_id = excluded.record_id, outcome = excluded.outcome, code = excluded.code, detail = excluded.detail,
            first_version = excluded.first_version, last_version = excluded.last_version
        where kept.outcome = 'waiting'
      returning outcome, code
    ), sums as (
      select count(*) filter (where outcome = 'changed') as changed, count(*) filter (where outcome = 'unchanged') as unchanged,
             count(*) filter (where outcome = 'skipped') as skipped from told
    ), why as (
      select coalesce(jsonb_object_agg(code, times), '{}') as reasons from (
        select code, sum(times) as times from (
          select key as code, value::integer as times from operation, jsonb_each_text(operation.reasons) where operation.id = ${operationId}::uuid
          union all select code, 1 from told where code is not null) as each
         group by code) as added
    )
    update operation set changed = operation.changed + sums.changed, unchanged = operation.unchanged + sums.unchanged,
           skipped = operation.skipped + sums.skipped, reasons = why.reasons
      from sums, why where operation.id = ${operationId}::uuid
    returning operation.id, total, operation.changed, operation.unchanged, operation.skipped, started_by_id as "startedById"`.execute(db)
  for (const { startedById, ...progress } of rows) if (startedById !== null) afterCommit(() => ctx.showOperation(startedById, progress))
}

/** How many records there are, once that is known. */
export const setTotal = async (db: Db, operationId: string, total: number): Promise<void> =>
  void (await db.updateTable('operation').set({ total }).where('id', '=', operationId).execute())

/** The end, with its event; of one that is over nothing happens. What an undo did not take back, or not entirely, can be undone again. */
export async function finishOperation(
  { db, emit }: WriteOperation,
  operationId: string,
  status: 'done' | 'cancelled' | 'failed',
): Promise<OperationRow | null> {
  const row = await db
    .updateTable('operation')
    .set({ status, finishedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', '=', operationId)
    .where('status', 'in', ['waiting', 'running'])
    .returning(OPERATION_COLUMNS)
    .executeTakeFirst()
  if (!row) return null
  const { kind, record, changed, unchanged, skipped, undoesId } = row
  const isWhole = status === 'done' && changed > 0 && Object.keys(row.reasons).length === 0
  if (undoesId !== null && !isWhole)
    await db.updateTable('operation').set({ undoneById: null }).where('id', '=', undoesId).where('undoneById', '=', operationId).execute()
  // What an undone undo took back is done again, and can be taken back once more.
  if (undoesId !== null && changed > 0) await db.updateTable('operation').set({ undoneById: null }).where('undoneById', '=', undoesId).execute()
  await emit(operationFinished({ operationId, kind, record, status, changed, unchanged, skipped }))
  return row
}
