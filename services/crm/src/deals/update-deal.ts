import type { Deal, UpdateDeal } from '@ai-crm/contracts'
import { versionConflict, writable } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { changeDeal, lockDeal } from './change-deal.ts'

/** Changes a deal if the row is still the version that the client has seen. Throws what changeDeal throws. */
export async function updateDeal(ctx: Ctx, dealId: string, expectedVersion: number, input: UpdateDeal): Promise<Deal> {
  return ctx.write(async (scope) => {
    const row = writable(await lockDeal(ctx, scope.db, dealId), 'deal')
    if (row.version !== expectedVersion) throw versionConflict('deal', row.version)
    return changeDeal(ctx, scope, row, input, null)
  })
}
