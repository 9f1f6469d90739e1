const CACHE_MS = 1_000
const CHECK_TIMEOUT_MS = 2_000
const FAILURES_TO_FLIP = 3

/**
 * Whether this process wants traffic (contract 19). States:
 *   starting → ready      the first check that succeeds
 *   ready    → unready    three failed checks in a row, so that one slow answer does not move all replicas
 *   unready  → ready      one check that succeeds
 *   any      → draining   for ever
 * A check runs at most once a second, however often it is asked for.
 */
export interface Readiness {
  isReady(): Promise<boolean>
  drain(): void
}

export function createReadiness(check: () => Promise<boolean>, now: () => number = () => performance.now()): Readiness {
  let isReady = false
  let isDraining = false
  let failures = 0
  let checkedAt = Number.NEGATIVE_INFINITY
  let running: Promise<void> | null = null

  const runCheck = async (): Promise<void> => {
    const isGood = await withinTimeout(check)
    failures = isGood ? 0 : failures + 1
    if (isGood) isReady = true
    else if (failures >= FAILURES_TO_FLIP) isReady = false
    running = null
  }
  return {
    async isReady() {
      if (isDraining) return false
      if (now() - checkedAt >= CACHE_MS && !running) {
        checkedAt = now()
        running = runCheck()
      }
      await running
      return isReady && !isDraining
    },
    drain() {
      isDraining = true
    },
  }
}

async function withinTimeout(check: () => Promise<boolean>): Promise<boolean> {
  const timeout = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => timeout.resolve(false), CHECK_TIMEOUT_MS)
  const answer = check().catch(() => false)
  return Promise.race([answer, timeout.promise]).finally(() => clearTimeout(timer))
}
