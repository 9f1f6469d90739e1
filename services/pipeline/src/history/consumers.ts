import { dealCreated, dealDeleted, dealRestored, dealStageChanged, dealUpdated } from '@ai-crm/contracts'
import { pipeline, type Scope } from '../ctx.ts'
import { lockDeal, storeStep } from './deal-state.ts'
import { foldDeal, type DealEvent } from './fold-deal.ts'

async function follow(scope: Scope, event: DealEvent): Promise<void> {
  const { deal, firstPipelineId } = await lockDeal(scope.db, event.data.dealId)
  const step = foldDeal(deal, event, firstPipelineId)
  if (step) await storeStep(scope.db, step)
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
