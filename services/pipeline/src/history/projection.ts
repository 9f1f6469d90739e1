import { dealCreated, dealDeleted, dealRestored, dealStageChanged, dealUpdated } from '@ai-crm/contracts'
import type { Projection } from '@ai-crm/platform'
import { pipeline } from '../ctx.ts'
import { addToHistory } from './add-to-history.ts'

/** The history of stays from the log of deals, those included that were there before this service was. That a stay was told to rot is not part of it. */
export const historyProjection: Projection = {
  name: 'history',
  tables: ['deal', 'stay', 'deal_fact'],
  folds: [
    pipeline.fold(dealCreated, async (scope, event) => void (await addToHistory(scope, { ...event, type: 'deal.created' }))),
    pipeline.fold(dealRestored, async (scope, event) => void (await addToHistory(scope, { ...event, type: 'deal.restored' }))),
    pipeline.fold(dealUpdated, async (scope, event) => void (await addToHistory(scope, { ...event, type: 'deal.updated' }))),
    pipeline.fold(dealStageChanged, async (scope, event) => void (await addToHistory(scope, { ...event, type: 'deal.stage.changed' }))),
    pipeline.fold(dealDeleted, async (scope, event) => void (await addToHistory(scope, { ...event, type: 'deal.deleted' }))),
  ],
}
