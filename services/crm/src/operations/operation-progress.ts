import { operationFinished } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
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

/** What a step did, in the transaction that did it: counted once, however often the step is begun. After takeOperation. */
export async function noteOutcomes(db: Db, operationId: string, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return
  await db
    .insertInto('operationRecord')
    .values(
      outcomes.map(({ ordinal, recordId, outcome, code = null, detail = null, versions }) => ({
        operationId,
        ordinal,
        recordId,
        outcome,
        code,
        detail: detail?.slice(0, MAX_DETAIL).toWellFormed() ?? null,
        firstVersion: versions?.[0] ?? null,
        lastVersion: versions?.[1] ?? null,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'operationId', 'ordinal']).doUpdateSet(({ ref }) => ({
        recordId: ref('excluded.recordId'),
        outcome: ref('excluded.outcome'),
        code: ref('excluded.code'),
        detail: ref('excluded.detail'),
        firstVersion: ref('excluded.firstVersion'),
        lastVersion: ref('excluded.lastVersion'),
      })),
    )
    .execute()
  await count(db, operationId, outcomes)
}

async function count(db: Db, operationId: string, outcomes: readonly Outcome[]): Promise<void> {
  const of = (outcome: Outcome['outcome']): number => outcomes.filter((one) => one.outcome === outcome).length
  const codes = outcomes.flatMap(({ code }) => code ?? [])
  await sql`update operation set changed = changed + ${of('changed')}, unchanged = unchanged + ${of('unchanged')}, skipped = skipped + ${of('skipped')},
      reasons = (select coalesce(jsonb_object_agg(code, times), '{}') from (
        select code, sum(times) as times from (
          select key as code, value::integer as times from jsonb_each_text(operation.reasons)
          union all select code, 1 from unnest(${codes}::text[]) as code
        ) as each group by code) as added)
    where id = ${operationId}::uuid`.execute(db)
}

/** How many records there are, once that is known. */
export const setTotal = async (db: Db, operationId: string, total: number): Promise<void> =>
  void (await db.updateTable('operation').set({ total }).where('id', '=', operationId).execute())

/** The end, with its event; of one that is over nothing happens. */
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
  const { kind, record, changed, unchanged, skipped } = row
  await emit(operationFinished({ operationId, kind, record, status, changed, unchanged, skipped }))
  return row
}
