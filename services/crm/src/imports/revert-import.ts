import type { Operation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { getOperation } from '../operations/get-operation.ts'
import { undoOperation } from '../operations/undo-operation.ts'
import { wrongState } from './errors.ts'
import { ownImport } from './import.ts'

/** Takes an import back as any operation is; repeated, it answers the same operation. Throws 404, `wrongState`, and what undoOperation throws. */
export async function revertImport(ctx: Ctx, importId: string): Promise<Operation> {
  const found = await ownImport(ctx, ctx.db, importId).executeTakeFirst()
  if (!found) throw notFound('import')
  if (found.operationId === null) throw wrongState(found.state)
  const { undoneById } = await getOperation(ctx, found.operationId)
  return undoneById === null ? undoOperation(ctx, found.operationId) : getOperation(ctx, undoneById)
}
