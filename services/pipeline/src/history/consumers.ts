import { dealCreated, dealDeleted, dealRestored, dealStageChanged, dealUpdated } from '@ai-crm/contracts'
import { pipeline, type Scope } from '../ctx.ts'
import { watchStay } from '../rotting/watch-rotting.ts'
import { lockDeal, storeStep } from './deal-state.ts'
import { foldDeal, type DealEvent, type Step } from './fold-deal.ts'

/** What the event adds to the history, and nothing else: the history can be made anew by folding again. */
async function fold({ db }: Pick<Scope, 'db'>, event: DealEvent): Promise<Step | null> {
  const { deal, firstPipelineId } = await lockDeal(db, event.data.dealId)
  const step = foldDeal(deal, event, firstPipelineId)
  if (step) await storeStep(db, step)
  return step
}

async function follow(scope: Scope, event: DealEvent): Promise<void> {
  const step = await fold(scope, event)
  if (step?.begun) await watchStay(scope, step.begun)
}

const name = 'pipeline.follow-deal'

/** Keep the history of stays. */
export const historyConsumers = [
  pipeline.consume({ name, event: dealCreated, handle: (scope, event) => follow(scope, { ...event, type: 'deal.created' }) }),
  pipeline.consume({ name, event: dealRestored, handle: (scope, event) => follow(scope, { ...event, type: 'deal.restored' }) }),
  pipeline.consume({ name, event: dealUpdated, handle: (scope, event) => follow(scope, { ...event, type: 'deal.updated' }) }),
  pipeline.consume({ name, event: dealStageChanged, handle: (scope, event) => follow(scope, { ...event, type: 'deal.stage.changed' }) }),
  pipeline.consume({ name, event: dealDeleted, handle: (scope, event) => follow(scope, { ...event, type: 'deal.deleted' }) }),
]
