/**
 * How busy a replica is: requests in flight times how long it takes lately ("peak EWMA", Finagle). A slower answer
 * counts at once, a faster one only by and by; and what it once took is forgotten over 10 s, so that a slow replica is
 * asked again.
 */
export interface LoadScore {
  readonly value: number
  readonly inFlight: number
  begin(): void
  /** `durationMs` null: it says nothing about how fast the replica is (a refusal at once, a caller who went away). */
  end(durationMs: number | null): void
}

const FORGET_MS = 10_000
/** Below this the differences are noise. */
const FLOOR_MS = 1

export function createLoadScore(now: () => number = () => performance.now()): LoadScore {
  let inFlight = 0
  let averageMs = 0
  let measuredAt = now()
  const remaining = () => Math.exp(-(now() - measuredAt) / FORGET_MS)
  return {
    get value() {
      return (inFlight + 1) * Math.max(FLOOR_MS, averageMs * remaining())
    },
    get inFlight() {
      return inFlight
    },
    begin: () => void inFlight++,
    end(durationMs) {
      inFlight--
      if (durationMs === null) return
      const weight = remaining()
      averageMs = durationMs > averageMs ? durationMs : averageMs * weight + durationMs * (1 - weight)
      measuredAt = now()
    },
  }
}
