import { dealHandOverUndone, type HandOverReason } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { outcomeOf, type DealEvent, type DealState, type Step } from '../history/fold-deal.ts'
import { beginHandOver } from './begin-hand-over.ts'
import { handOverWonDeal } from './hand-over-saga.ts'

/** What a deal's event means for handing it over: it is won, or is won no longer. */
export async function followWinning(scope: Scope, event: DealEvent, { deal, begun }: Step): Promise<void> {
  if (begun && isWinning(event)) return beginHandOver(scope, wonDeal(deal, begun))
  const reason = reasonToStop(event, deal)
  if (reason) await stopHandOver(scope, deal.id, reason)
}

/** Neither a stage that went to another one, nor coming back from the trash, wins a deal once more. */
function isWinning(event: DealEvent): boolean {
  if (event.type === 'deal.created') return event.data.stageKind === 'won' && !event.data.isImported
  return event.type === 'deal.stage.changed' && outcomeOf(event) === 'won'
}

/** Whoever wins a deal decides it. */
function wonDeal({ id, stageId, pipelineId, ...deal }: DealState, { sequence, enteredAt: decidedAt }: NonNullable<Step['begun']>) {
  const { amountMinor, currency, ownerId: ownerBeforeId } = deal
  return { dealId: id, stageId, pipelineId, sequence, amountMinor, currency, ownerBeforeId, decidedAt }
}

function reasonToStop(event: DealEvent, deal: DealState): HandOverReason | null {
  if (event.type === 'deal.deleted') return deal.stageKind === 'won' ? 'deal-deleted' : null
  // Of a stage that was won: events from before there were kinds began no hand-over.
  return event.type === 'deal.stage.changed' && event.data.fromKind === 'won' && deal.stageKind !== 'won' ? 'deal-reopened' : null
}

/** What is not over is taken back; what is over stays. */
async function stopHandOver(scope: Scope, dealId: string, reason: HandOverReason): Promise<void> {
  const open = await scope.db.selectFrom('handOver').select(['id', 'state']).where('dealId', '=', dealId).where('state', 'in', ['waiting', 'running']).execute()
  for (const { id, state } of open) {
    if (state === 'waiting' && (await isLeftOut(scope, id, reason))) await scope.emit(dealHandOverUndone({ dealId, handOverId: id, reason }))
    else await handOverWonDeal.recall(scope, scope, id, reason)
  }
}

/** False where its turn has come meanwhile. */
async function isLeftOut({ db }: Scope, id: string, reason: HandOverReason): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('handOver')
    .set({ state: 'undone', reason, endedAt: new Date() })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
