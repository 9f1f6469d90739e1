const SHARE = 0.1
const MAX_SAVED = 10

/** Retries are at most 10 % of the calls, so that a failing dependency does not get three times the load (reliability 1.8). */
export function createRetryBudget() {
  let saved = 1
  return {
    earn(): void {
      saved = Math.min(MAX_SAVED, saved + SHARE)
    },
    /** Takes one retry, if there is one left. */
    spend(): boolean {
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}
