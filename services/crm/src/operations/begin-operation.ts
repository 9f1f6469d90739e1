import { type ListRecord, type OperationKind, operationStarted } from '@ai-crm/contracts'
import type { Ctx, Scope } from '../ctx.ts'
import { OPERATION_COLUMNS, type OperationRow, starterOf } from './operation.ts'
import { storedRights } from './operation-rights.ts'

export interface NewOperation {
  readonly kind: OperationKind
  readonly record: ListRecord
  /** What its job needs to know. */
  readonly asked: Record<string, unknown>
  /** How many records it is about; null: not known yet. */
  readonly total: number | null
  readonly undoesId?: string
}

export type WriteOperation = Pick<Scope, 'db' | 'emit'>

/** Notes the operation, with its event; whoever begins it enqueues its job in the same transaction. */
export async function beginOperation(ctx: Ctx, { db, emit }: WriteOperation, operation: NewOperation): Promise<OperationRow> {
  const { kind, record, asked, total, undoesId = null } = operation
  const rights = storedRights(ctx)
  const row = await db
    .insertInto('operation')
    .values({ kind, record, asked: JSON.stringify(asked), rights: rights && JSON.stringify(rights), total, startedById: starterOf(ctx), undoesId })
    .returning(OPERATION_COLUMNS)
    .executeTakeFirstOrThrow()
  await emit(operationStarted({ operationId: row.id, kind, record, undoesId }))
  return row
}
