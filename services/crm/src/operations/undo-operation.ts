import type { Operation, OperationPreview } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { beginOperation } from './begin-operation.ts'
import { alreadyUndone, notOver, notUndoable } from './errors.ts'
import { countChanged, lastChanged } from './file-undone.ts'
import { getOperation } from './get-operation.ts'
import { lockOwnOperation, toOperation } from './operation.ts'
import { LOOKED_AT, previewOf } from './preview.ts'
import { madeBefore } from './operation-made.ts'
import { requireUndoPermitted } from './require-permitted.ts'
import { runOperation } from './run-operation.ts'

/** Takes back what an operation did: the last record first, then what an import made beside its records. Itself an operation; undoing it does the former again. Throws 404, `notOver`, `alreadyUndone`, `notUndoable` (409). */
export async function undoOperation(ctx: Ctx, operationId: string): Promise<Operation> {
  return ctx.write(async (scope) => {
    const { db, enqueue } = scope
    const undone = await lockOwnOperation(ctx, db, operationId)
    if (!undone) throw notFound('operation')
    requireUndoable(ctx, undone)
    const total = (await countChanged(db, operationId)) + ((await madeBefore(db, operationId))?.count ?? 0)
    const row = await beginOperation(ctx, scope, { kind: 'undo', record: undone.record, asked: { do: 'undo' }, total, undoesId: operationId })
    await db.updateTable('operation').set({ undoneById: row.id }).where('id', '=', operationId).execute()
    await enqueue(runOperation, { operationId: row.id }, { key: row.id })
    return toOperation(row)
  })
}

/** What that would do. Throws as undoOperation. */
export async function previewUndo(ctx: Ctx, operationId: string): Promise<OperationPreview> {
  const operation = await getOperation(ctx, operationId)
  requireUndoable(ctx, operation)
  const [total, items] = await Promise.all([countChanged(ctx.db, operationId), lastChanged(ctx.db, operationId, LOOKED_AT)])
  return previewOf(ctx, operation.record, { do: 'undo' }, total, items)
}

type Undoable = Pick<Operation, 'kind' | 'record' | 'status' | 'undoneById'>

function requireUndoable(ctx: Ctx, { kind, record, status, undoneById }: Undoable): void {
  if (kind === 'merge') throw notUndoable()
  if (status === 'waiting' || status === 'running') throw notOver()
  if (undoneById !== null) throw alreadyUndone()
  requireUndoPermitted(ctx, record)
}
