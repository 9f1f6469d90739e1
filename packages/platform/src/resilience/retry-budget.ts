/** Repeats per call that may be made on average (Google SRE: 10 %): retries must not triple an overload (reliability 1.8). */
const SHARE = 0.1
/** After a quiet time this many may be made at once: the calls that one crashed replica held. */
const MAX_SAVED = 20

export interface RetryBudget {
  /** A first attempt was made. */
  earn(): void
  /** Takes one repeat, if there is one left. */
  spend(): boolean
}

export function createRetryBudget(): RetryBudget {
  let saved = MAX_SAVED
  return {
    earn: () => void (saved = Math.min(MAX_SAVED, saved + SHARE)),
    spend() {
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}
