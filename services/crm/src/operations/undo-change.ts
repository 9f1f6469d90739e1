import { ListRecord, type Operation, type OperationPreview } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import { lockRecords } from '../changes/lock-records.ts'
import { readTold, type RecordEvent, RECORD_EVENT_COLUMNS } from '../changes/record-events.ts'
import type { Ctx, Db } from '../ctx.ts'
import { beginOperation } from './begin-operation.ts'
import { toOperation } from './operation.ts'
import { previewOf } from './preview.ts'
import { requireUndoPermitted } from './require-permitted.ts'
import { runOperation } from './run-operation.ts'

/** Takes one change of a record back, whoever or whatever made it. Throws 404 for what is no change of a record in sight, `operationDenied` (403). */
export async function undoChange(ctx: Ctx, eventId: string): Promise<Operation> {
  return ctx.write(async (scope) => {
    const { record, recordId, version } = await findChange(ctx, scope.db, eventId)
    const row = await beginOperation(ctx, scope, { kind: 'undo', record, asked: { do: 'undo' }, total: 1 })
    await scope.db.insertInto('operationRecord').values({ operationId: row.id, ordinal: 0, recordId, firstVersion: version, lastVersion: version }).execute()
    await scope.enqueue(runOperation, { operationId: row.id }, { key: row.id })
    return toOperation(row)
  })
}

/** What that would do. Throws as undoChange. */
export async function previewUndoChange(ctx: Ctx, eventId: string): Promise<OperationPreview> {
  const { record, recordId, version } = await findChange(ctx, ctx.db, eventId)
  return previewOf(ctx, record, { do: 'undo' }, 1, [{ ordinal: 0, recordId, first: version, last: version }])
}

async function findChange(ctx: Ctx, db: Db, eventId: string): Promise<RecordEvent & { record: ListRecord }> {
  const { rows } = await sql<RecordEvent & { record: string }>`select ${RECORD_EVENT_COLUMNS}, event.aggregate_type as record
    from event where event.id = ${eventId}::uuid and event.aggregate_type in ('contact', 'company', 'deal')`.execute(db)
  const [event] = rows
  if (!event || !readTold(event)) throw notFound('change')
  const record = ListRecord.parse(event.record)
  requireUndoPermitted(ctx, record)
  if (!(await lockRecords(ctx, db, record, [event.recordId], false)).has(event.recordId)) throw notFound('change')
  return { ...event, record }
}
