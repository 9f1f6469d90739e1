import type { OperationPreview, StartOperation } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { withinStatement } from '../lists/too-slow.ts'
import { actionOf } from './asked.ts'
import { LOOKED_AT, previewOf } from './preview.ts'
import { requirePermitted } from './require-permitted.ts'
import { lookAtSelected, queryOf, selectedIds } from './selection.ts'

/** Throws what startOperation throws of the request; of nothing that is selected it says so in numbers. */
export async function previewOperation(ctx: Ctx, input: StartOperation): Promise<OperationPreview> {
  const { record } = input
  requirePermitted(ctx, input)
  const ids = await selectedIds(ctx, input)
  const first = await withinStatement(queryOf(input), () => lookAtSelected(ctx.db, ids, LOOKED_AT))
  const items = first.ids.map((recordId, ordinal) => ({ ordinal, recordId, first: null, last: null }))
  return previewOf(ctx, record, actionOf(input), first.total, items)
}
