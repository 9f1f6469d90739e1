import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import type { Outcome } from '../operations/operation-progress.ts'

/** What became of the rows of a batch, as `noteOutcomes` has it: in one statement however many they are, each row once. */
export async function noteRows(db: Db, operationId: string, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return
  const details = outcomes.map(({ detail = null }) => detail?.slice(0, 500).toWellFormed() ?? null)
  await sql`
    with told as (
      insert into operation_record (operation_id, ordinal, record_id, outcome, code, detail, first_version, last_version)
      select ${operationId}::uuid, * from unnest(${outcomes.map(({ ordinal }) => ordinal)}::integer[], ${outcomes.map(({ recordId }) => recordId)}::uuid[],
        ${outcomes.map(({ outcome }) => outcome)}::text[], ${outcomes.map(({ code = null }) => code)}::text[], ${details}::text[],
        ${outcomes.map(({ versions }) => versions?.[0] ?? null)}::integer[], ${outcomes.map(({ versions }) => versions?.[1] ?? null)}::integer[])
      returning outcome, code
    ), sums as (
      select count(*) filter (where outcome = 'changed') as changed, count(*) filter (where outcome = 'unchanged') as unchanged,
             count(*) filter (where outcome = 'skipped') as skipped from told
    ), why as (
      select coalesce(jsonb_object_agg(code, times), '{}') as reasons from (
        select code, sum(times) as times from (
          select key as code, value::integer as times from operation, jsonb_each_text(operation.reasons) where operation.id = ${operationId}::uuid
          union all select code, 1 from told where outcome = 'skipped') as each
         group by code) as added
    )
    update operation set changed = operation.changed + sums.changed, unchanged = operation.unchanged + sums.unchanged,
           skipped = operation.skipped + sums.skipped, reasons = why.reasons
      from sums, why where operation.id = ${operationId}::uuid`.execute(db)
}
