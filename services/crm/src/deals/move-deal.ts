import type { Deal, MoveDeal } from '@ai-crm/contracts'
import { writable } from '@ai-crm/platform'
import { requireUnlocked } from '../changes/field-locks.ts'
import type { Ctx } from '../ctx.ts'
import { standsElsewhere } from '../stages/errors.ts'
import { holdRules } from '../stages/move-rules.ts'
import { readStages } from '../stages/stage.ts'
import { changeDeal, lockDeal } from './change-deal.ts'

/**
 * Moves a deal that still stands where whoever moves it saw it, whatever else was changed meanwhile, with what its stage demands. Throws
 * `standsElsewhere` (409), `fieldDenied` (403), and what changeDeal throws.
 */
export async function moveDeal(ctx: Ctx, dealId: string, { from, stage = from, beforeId, afterId, fields }: MoveDeal): Promise<Deal> {
  requireUnlocked(ctx, 'deal', { ...fields, stage })
  return ctx.write(async (scope) => {
    // In one round trip, as if the deal stood there: else nothing comes of it.
    const [locked, rules] = await Promise.all([
      lockDeal(ctx, scope.db, dealId),
      stage === from ? null : holdRules(ctx, scope.db, [stage], [{ id: dealId, stage: from }]),
    ])
    const row = writable(locked, 'deal')
    if (row.stage !== from) {
      const stages = await readStages(scope.db)
      throw standsElsewhere(row.stage, stages.get(row.stage)?.name ?? row.stage, row.version)
    }
    return changeDeal(ctx, scope, row, { ...fields, stage }, { beforeId, afterId }, rules)
  })
}
