import type { HandOver } from '@ai-crm/contracts'
import { notFound, writable } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { mayRead, mayWrite } from '../history/deal-reach.ts'
import { beginAgain } from './begin-hand-over.ts'
import { nothingToRepeat } from './errors.ts'
import { newestOf, ofThisWinning } from './get-hand-over.ts'

/** A new attempt for the same winning. Throws 404, `recordLocked` (403), `nothingToRepeat` (409). */
export async function repeatHandOver(ctx: Ctx, dealId: string): Promise<HandOver> {
  return ctx.write(async (scope) => {
    const { db } = scope
    const deal = await db
      .selectFrom('deal')
      .select(['stageKind', 'ownerId', mayWrite(ctx).as('mayWrite')])
      .where('id', '=', dealId)
      .where('isDeleted', '=', false)
      .where(mayRead(ctx))
      .forUpdate()
      .executeTakeFirst()
    const { stageKind, ownerId: ownerBeforeId } = writable(deal, 'deal')
    const last = await db
      .selectFrom('handOver')
      .select(['dealId', 'sequence', 'attempt', 'pipelineId', 'stageId', 'state', 'decidedAt', 'amountMinor', 'currency'])
      .where('dealId', '=', dealId)
      .where(ofThisWinning)
      .orderBy('sequence', 'desc')
      .orderBy('attempt', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!last || last.state !== 'undone' || stageKind !== 'won') throw nothingToRepeat()
    const { attempt, state: _state, ...won } = last
    await beginAgain({ ...ctx, ...scope }, { ...won, ownerBeforeId }, attempt + 1)
    const begun = await newestOf(db, dealId)
    if (!begun) throw notFound('deal')
    return begun
  })
}
