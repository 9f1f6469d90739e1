import { dealCreated, dealDeleted, dealRestored, dealStageChanged, dealUpdated } from '@ai-crm/contracts'
import { pipeline, type Scope } from '../ctx.ts'
import { followWinning } from '../hand-over/follow-winning.ts'
import { watchStay } from '../rotting/watch-rotting.ts'
import { addToHistory } from './add-to-history.ts'
import type { DealEvent } from './fold-deal.ts'

async function follow(scope: Scope, event: DealEvent): Promise<void> {
  const step = await addToHistory(scope, event)
  if (step?.begun) await watchStay(scope, step.begun)
  if (step) await followWinning(scope, event, step)
}

const name = 'pipeline.follow-deal'

/** Keep the history of stays, and hand over what is won. */
export const historyConsumers = [
  pipeline.consume({ name, event: dealCreated, handle: (scope, event) => follow(scope, { ...event, type: 'deal.created' }) }),
  pipeline.consume({ name, event: dealRestored, handle: (scope, event) => follow(scope, { ...event, type: 'deal.restored' }) }),
  pipeline.consume({ name, event: dealUpdated, handle: (scope, event) => follow(scope, { ...event, type: 'deal.updated' }) }),
  pipeline.consume({ name, event: dealStageChanged, handle: (scope, event) => follow(scope, { ...event, type: 'deal.stage.changed' }) }),
  pipeline.consume({ name, event: dealDeleted, handle: (scope, event) => follow(scope, { ...event, type: 'deal.deleted' }) }),
]
