/**
 * Whether one replica is asked, by how it answered lately (outlier ejection). States:
 *   well       asked like the others
 *   out        a refused connection, or 3 failures in a row: passed over for 1 s, doubled with every return to it, up to 30 s
 *   probation  its time is over: one request at a time is its probe; the first success → well, a failure → out
 * Which replicas are passed over is a preference, never a refusal: where all are out, they are asked all the same.
 */
export interface Standing {
  readonly isEligible: boolean
  /** A request goes to it. */
  begin(): void
  succeeded(): void
  /** `isAway`: it could not even be connected to. */
  failed(isAway: boolean): void
  /** The request ended without saying anything about the replica. */
  abandoned(): void
}

const FAILURES_IN_A_ROW = 3
const FIRST_OUT_MS = 1_000
const MAX_OUT_MS = 30_000

export function createStanding(now: () => number = () => performance.now()): Standing {
  let failures = 0
  let outUntilMs = 0
  let outMs = 0
  let asking = 0
  const isOnProbation = (): boolean => outMs > 0 && now() >= outUntilMs
  const eject = () => {
    // Requests that were under way when it went out tell nothing new.
    if (now() < outUntilMs) return
    outMs = Math.min(MAX_OUT_MS, outMs === 0 ? FIRST_OUT_MS : outMs * 2)
    outUntilMs = now() + outMs
    failures = 0
  }
  return {
    get isEligible() {
      return outMs === 0 || (isOnProbation() && asking === 0)
    },
    begin: () => void asking++,
    succeeded() {
      asking--
      failures = 0
      if (isOnProbation()) outMs = 0
    },
    failed(isAway) {
      asking--
      failures++
      if (isAway || isOnProbation() || failures >= FAILURES_IN_A_ROW) eject()
    },
    abandoned: () => void asking--,
  }
}
