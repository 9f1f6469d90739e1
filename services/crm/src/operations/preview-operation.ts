import type { OperationPreview, StartOperation } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { actionOf } from './asked.ts'
import { prepareChange } from './do-batch.ts'
import { LOOKED_AT, previewOf } from './preview.ts'
import { requirePermitted } from './require-permitted.ts'
import { lookAtSelected, selectedIds } from './selection.ts'

/** Throws what startOperation throws of the request; of nothing that is selected it says so in numbers. */
export async function previewOperation(ctx: Ctx, input: StartOperation): Promise<OperationPreview> {
  const { record, action } = input
  requirePermitted(ctx, input)
  const ids = await selectedIds(ctx, input)
  const first = await lookAtSelected(ctx.db, ids, LOOKED_AT)
  if (action.do === 'change') await ctx.write(async ({ db }) => void (await prepareChange(ctx, db, record, action.set)))
  const items = first.ids.map((recordId, ordinal) => ({ ordinal, recordId, first: null, last: null }))
  return previewOf(ctx, record, actionOf(input), first.total, items)
}
