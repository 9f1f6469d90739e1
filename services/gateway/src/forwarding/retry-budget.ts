/** Repeats per request that may be made on average (Google SRE: 10 %): retries must not triple an overload. */
const REPEATS_PER_REQUEST = 0.1
/** A quiet gateway may repeat this many at once. */
const MAX_SAVED_REPEATS = 20

export interface RetryBudget {
  /** A first attempt was made. */
  earn(): void
  /** Whether one more repeat is allowed; it is then counted. */
  spend(): boolean
}

export function createRetryBudget(): RetryBudget {
  let savedRepeats = MAX_SAVED_REPEATS
  return {
    earn: () => void (savedRepeats = Math.min(MAX_SAVED_REPEATS, savedRepeats + REPEATS_PER_REQUEST)),
    spend() {
      if (savedRepeats < 1) return false
      savedRepeats--
      return true
    },
  }
}
