import type { Operation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { OPERATION_COLUMNS, starterOf, toOperation } from './operation.ts'

export async function getOperation(ctx: Ctx, operationId: string): Promise<Operation> {
  const operation = ctx.db.selectFrom('operation').select(OPERATION_COLUMNS).where('id', '=', operationId).where('startedById', '=', starterOf(ctx))
  const row = await operation.executeTakeFirst()
  if (!row) throw notFound('operation')
  return toOperation(row)
}
