import type { EventDefinition } from '@ai-crm/contracts'
import type { Consumer } from '../events/consumer.ts'

/** What one kind of event adds to a projection. */
export interface Fold {
  readonly event: EventDefinition
  readonly handle: Consumer['handle']
}

/**
 * Tables that follow from events alone, so that they can be made anew from the logs (`npm run rebuild`). A fold writes to them and
 * nothing else, emits nothing, and does nothing to what it has done before: an event may come to it again. Events of one aggregate
 * come in their order, those of different ones in any.
 */
export interface Projection {
  /** In the service: `timeline`. */
  readonly name: string
  /** Names of the database; emptied from the last to the first. */
  readonly tables: readonly string[]
  readonly folds: readonly Fold[]
}
