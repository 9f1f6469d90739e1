import type { Operation, OperationPreview } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { beginOperation } from './begin-operation.ts'
import { alreadyUndone, notOver, notUndoable } from './errors.ts'
import type { Item } from './do-batch.ts'
import { getOperation } from './get-operation.ts'
import { lockOwnOperation, toOperation } from './operation.ts'
import { setTotal } from './operation-progress.ts'
import { LOOKED_AT, previewOf } from './preview.ts'
import { requireUndoPermitted } from './require-permitted.ts'
import { runOperation } from './run-operation.ts'

/** Takes back what an operation did: the last record first. Itself an operation; undoing it does the former again. Throws 404, `notOver`, `alreadyUndone`, `notUndoable` (409). */
export async function undoOperation(ctx: Ctx, operationId: string): Promise<Operation> {
  return ctx.write(async (scope) => {
    const { db, enqueue } = scope
    const undone = await lockOwnOperation(ctx, db, operationId)
    if (!undone) throw notFound('operation')
    requireUndoable(ctx, undone)
    const row = await beginOperation(ctx, scope, { kind: 'undo', record: undone.record, asked: { do: 'undo' }, total: null, undoesId: operationId })
    const total = await fileUndone(db, operationId, row.id)
    await setTotal(db, row.id, total)
    await db.updateTable('operation').set({ undoneById: row.id }).where('id', '=', operationId).execute()
    await enqueue(runOperation, { operationId: row.id }, { key: row.id })
    return toOperation({ ...row, total })
  })
}

/** What that would do. Throws as undoOperation. */
export async function previewUndo(ctx: Ctx, operationId: string): Promise<OperationPreview> {
  const operation = await getOperation(ctx, operationId)
  requireUndoable(ctx, operation)
  const { rows } = await sql<Item & { total: number }>`
    select row_number() over (order by max(ordinal) desc) - 1 as ordinal, record_id as "recordId", min(first_version) as first, max(last_version) as last,
           count(*) over ()::integer as total
      from operation_record where operation_id = ${operationId}::uuid and outcome = 'changed' and record_id is not null
     group by record_id order by max(ordinal) desc limit ${LOOKED_AT}`.execute(ctx.db)
  return previewOf(ctx, operation.record, { do: 'undo' }, rows[0]?.total ?? 0, rows)
}

type Undoable = Pick<Operation, 'kind' | 'record' | 'status' | 'undoneById'>

function requireUndoable(ctx: Ctx, { kind, record, status, undoneById }: Undoable): void {
  if (kind === 'merge') throw notUndoable()
  if (status === 'waiting' || status === 'running') throw notOver()
  if (undoneById !== null) throw alreadyUndone()
  requireUndoPermitted(ctx, record)
}

/** The records that were changed, the last one first, each once, with the first and the last version that it made of them: an import has a record in several rows. */
async function fileUndone(db: Db, operationId: string, undoId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with filed as (
      insert into operation_record (operation_id, ordinal, record_id, first_version, last_version)
      select ${undoId}::uuid, row_number() over (order by max(ordinal) desc) - 1, record_id, min(first_version), max(last_version)
        from operation_record where operation_id = ${operationId}::uuid and outcome = 'changed' and record_id is not null
       group by record_id
      returning 1
    ) select count(*)::integer as count from filed`.execute(db)
  return rows[0]?.count ?? 0
}
