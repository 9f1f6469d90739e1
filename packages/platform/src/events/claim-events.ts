import { isUniqueViolation, sqlStateOf } from '../db/errors.ts'
import type { Statement } from '../db/database.ts'
import type { Told } from './told.ts'

/** `duplicate`: handled before. `behind`: earlier events of the same consumer and aggregate are parked. */
export type Refusal = 'duplicate' | 'behind'

/** Raised by claim_events (0011_claim_events.sql). */
const LINE_IS_PARKED = 'AC001'
/** Since 0022_claim_unless_erased.sql: to be forgotten, like what was handled before. */
const IS_ERASED = 'AC002'

/**
 * Takes the events for their consumers, in the transaction in which these are about to run, or fails that transaction:
 * handlers need not wait for the answer, because nothing of what they do is kept then.
 */
export const claimEvents = (told: readonly Told[]): Statement => ({
  text: 'select claim_events($1, $2, $3)',
  values: [told.map(({ consumer }) => consumer.name), told.map(({ envelope }) => envelope.id), told.map(({ envelope }) => envelope.aggregate.id)],
})

/** Why a claim failed, or null when it did not fail for a reason of its own. */
export function refusalOf(error: unknown): Refusal | null {
  if (isUniqueViolation(error, 'inbox_pkey')) return 'duplicate'
  const state = sqlStateOf(error)
  if (state === IS_ERASED) return 'duplicate'
  return state === LINE_IS_PARKED ? 'behind' : null
}
