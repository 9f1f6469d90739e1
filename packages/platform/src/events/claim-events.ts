import type { Statement } from '../db/database.ts'
import type { Told } from './told.ts'

/**
 * Takes the events for their consumers, in the transaction in which these are about to run, or fails that transaction:
 * handlers need not wait for the answer, because nothing of what they do is kept then.
 */
export const claimEvents = (told: readonly Told[]): Statement => ({
  text: 'select claim_events($1, $2, $3)',
  values: [told.map(({ consumer }) => consumer.name), told.map(({ envelope }) => envelope.id), told.map(({ envelope }) => envelope.aggregate.id)],
})
