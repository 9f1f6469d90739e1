import { isUniqueViolation, sqlStateOf } from '../db/errors.ts'

/** `duplicate`: handled before. `behind`: earlier events of the same consumer and aggregate are parked. */
export type Refusal = 'duplicate' | 'behind'

/** Raised by claim_events (0011_claim_events.sql). */
const LINE_IS_PARKED = 'AC001'
/** Since 0022_claim_unless_erased.sql: to be forgotten, like what was handled before. */
const IS_ERASED = 'AC002'

/** Why a claim failed, or null when it did not fail for a reason of its own. */
export function refusalOf(error: unknown): Refusal | null {
  if (isUniqueViolation(error, 'inbox_pkey')) return 'duplicate'
  const state = sqlStateOf(error)
  if (state === IS_ERASED) return 'duplicate'
  return state === LINE_IS_PARKED ? 'behind' : null
}
