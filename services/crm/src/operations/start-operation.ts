import type { Operation, StartOperation } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { withinStatement } from '../lists/too-slow.ts'
import { actionOf, isNothing, kindOf } from './asked.ts'
import { beginOperation } from './begin-operation.ts'
import { prepareChange } from './do-batch.ts'
import { nothingAsked } from './errors.ts'
import { setTotal } from './operation-progress.ts'
import { toOperation } from './operation.ts'
import { readRules } from '../stages/move-rules.ts'
import { requirePermitted } from './require-permitted.ts'
import { runOperation } from './run-operation.ts'
import { fileSelected, queryOf, selectedIds } from './selection.ts'

/**
 * Notes which records are meant by now; a job changes them. Throws what the same change of one record would throw of the request itself,
 * what askList throws, `listTooSlow` (422), `operationDenied`, `fieldDenied` (403), `nothingAsked`, `nothingSelected`, `tooManyRecords` (422).
 */
export async function startOperation(ctx: Ctx, input: StartOperation): Promise<Operation> {
  const { record, action } = input
  requirePermitted(ctx, input)
  const asked = actionOf(input)
  if (action.do === 'change' && isNothing(record, action.set)) throw nothingAsked()
  const ids = await selectedIds(ctx, input)
  return ctx.write(async (scope) => {
    if (action.do === 'change') await prepareChange(ctx, scope.db, record, action.set, (targets) => readRules(ctx, scope.db, targets, []))
    const row = await beginOperation(ctx, scope, { kind: kindOf(asked), record, asked, total: null })
    const total = await withinStatement(queryOf(input), () => fileSelected(scope.db, row.id, ids))
    await setTotal(scope.db, row.id, total)
    await scope.enqueue(runOperation, { operationId: row.id }, { key: row.id })
    return toOperation({ ...row, total })
  })
}
