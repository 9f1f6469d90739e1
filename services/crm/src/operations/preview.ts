import type { Conflict, ListRecord, OperationPreview } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { isEmpty } from '../changes/plan.ts'
import { type RecordEvent, RECORD_EVENT_COLUMNS } from '../changes/record-events.ts'
import type { Ctx, Db } from '../ctx.ts'
import type { Asked } from './asked.ts'
import { decideBatch, type Decided, type Item } from './do-batch.ts'

/** How many records a preview looks at. */
export const LOOKED_AT = 1_000
const SHOWN_CONFLICTS = 20

/** What would become of the first of the records: decided as the job will decide, and nothing done. */
export async function previewOf(ctx: Ctx, record: ListRecord, asked: Asked, total: number, items: readonly Item[]): Promise<OperationPreview> {
  return ctx.write(async ({ db }) => {
    const decided = await decideBatch(ctx, db, record, asked, items, false)
    const left = decided.flatMap((one): Left[] => {
      const why = one.refusal ?? one.plan?.left
      return why ? [{ ...one, why }] : []
    })
    const changed = decided.filter(({ plan }) => plan && !isEmpty(plan)).length
    const skipped = decided.filter(({ refusal }) => refusal).length
    const reasons = [...Map.groupBy(left, ({ why }) => why.code)].map(([code, all]) => ({ code, count: all.length })).toSorted((a, b) => b.count - a.count)
    const conflicts = await conflictsOf(db, record, left.slice(0, SHOWN_CONFLICTS))
    return { total, looked: decided.length, changed, unchanged: decided.length - changed - skipped, skipped, reasons, conflicts }
  })
}

type Left = Decided & { readonly why: { readonly code: string; readonly detail: string } }

/** With whoever changed the record last, where it was changed after what is taken back. */
async function conflictsOf(db: Db, record: ListRecord, left: readonly Left[]): Promise<Conflict[]> {
  const spans = left.flatMap(({ item, locked }) => (item.last !== null && locked ? [{ id: item.recordId, last: item.last }] : []))
  const { rows } =
    spans.length === 0
      ? { rows: [] }
      : await sql<RecordEvent>`select distinct on (event.aggregate_id) ${RECORD_EVENT_COLUMNS}
          from jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as span (id uuid, last integer)
          join event on event.aggregate_type = ${record} and event.aggregate_id = span.id and event.aggregate_version > span.last
         order by event.aggregate_id, event.aggregate_version desc`.execute(db)
  const newest = new Map(rows.map((row) => [row.recordId, row]))
  return left.map(({ item, locked, why }) => {
    const by = newest.get(item.recordId)
    const name = !locked ? null : 'title' in locked.state ? locked.state.title : locked.state.name
    return { recordId: item.recordId, name, ...why, changedBy: by?.actor ?? null, changedAt: by?.occurredAt.toISOString() ?? null }
  })
}
