import type { Operation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { finishOperation } from './operation-progress.ts'
import { lockOwnOperation, toOperation } from './operation.ts'

/** Ends it before its next step; of one that is over nothing happens. */
export async function cancelOperation(ctx: Ctx, operationId: string): Promise<Operation> {
  return ctx.write(async (scope) => {
    const row = await lockOwnOperation(ctx, scope.db, operationId)
    if (!row) throw notFound('operation')
    return toOperation((await finishOperation(scope, operationId, 'cancelled')) ?? row)
  })
}
