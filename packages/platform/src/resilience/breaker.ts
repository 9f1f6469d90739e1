/**
 * Circuit breaker for one dependency and credential (reliability 1.9). States:
 *   closed    calls pass; ≥ 20 calls in 10 s of which ≥ 50 % failed, or `failuresInARow` → open
 *   open      calls are refused; after `restMs` (10 s) and up to a fifth of it as jitter → half-open
 *   half-open at most 3 probes; 3 successes → closed, one failure → open
 * A result counts only in the state in which its call was admitted.
 */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** How an admitted call ended; exactly one of them is called, once. */
export interface Admission {
  succeeded(): void
  failed(): void
  /** The caller gave up: it says nothing about the dependency. */
  abandoned(): void
}

export interface Breaker {
  readonly state: BreakerState
  /** Null: refused; ask again after `retryAfterMs()`. */
  admit(): Admission | null
  retryAfterMs(): number
}

const WINDOW_MS = 10_000
const SLICE_MS = 1_000
const MIN_CALLS = 20
const FAILURE_SHARE = 0.5
const REST_MS = 10_000
const JITTER_SHARE = 0.2
const PROBES = 3

export interface BreakerOptions {
  readonly onEnter?: (state: BreakerState) => void
  readonly now?: () => number
  /** Opens too after so many failures with no success between them: for calls so slow that 20 of them never fit into 10 s. */
  readonly failuresInARow?: number
  readonly restMs?: number
}

interface Slice {
  readonly startedAt: number
  calls: number
  failures: number
}

/** Calls and failures of the last ten seconds, counted by the second. */
function createFailureWindow(now: () => number) {
  let slices: Slice[] = []
  return {
    clear: () => void (slices = []),
    /** Whether the breaker should open: enough calls, and half of them failed. */
    count(isFailure: boolean): boolean {
      const at = now()
      slices = slices.filter((slice) => slice.startedAt > at - WINDOW_MS)
      let slice = slices.at(-1)
      if (!slice || slice.startedAt <= at - SLICE_MS) slices.push((slice = { startedAt: at, calls: 0, failures: 0 }))
      slice.calls += 1
      if (isFailure) slice.failures += 1
      const calls = slices.reduce((sum, each) => sum + each.calls, 0)
      const failures = slices.reduce((sum, each) => sum + each.failures, 0)
      return isFailure && calls >= MIN_CALLS && failures >= calls * FAILURE_SHARE
    },
  }
}

export function createBreaker(options: BreakerOptions = {}): Breaker {
  const { onEnter = () => undefined, now = () => performance.now(), failuresInARow = Number.POSITIVE_INFINITY, restMs = REST_MS } = options
  let state: BreakerState = 'closed'
  let generation = 0
  const recent = createFailureWindow(now)
  let inARow = 0
  let opensUntil = 0
  let probing = 0
  let probesSucceeded = 0

  const enter = (next: BreakerState) => {
    state = next
    generation += 1
    recent.clear()
    probing = probesSucceeded = inARow = 0
    if (next === 'open') opensUntil = now() + restMs * (1 + Math.random() * JITTER_SHARE)
    onEnter(next)
  }
  const count = (isFailure: boolean) => {
    inARow = isFailure ? inARow + 1 : 0
    if (recent.count(isFailure) || inARow >= failuresInARow) enter('open')
  }
  const probeSucceeded = () => {
    probing -= 1
    probesSucceeded += 1
    if (probesSucceeded === PROBES) enter('closed')
  }
  const admission = (): Admission => {
    const admittedIn = generation
    const settle = (closed: () => void, halfOpen: () => void) => () => {
      if (admittedIn !== generation) return
      if (state === 'closed') closed()
      else halfOpen()
    }
    return {
      succeeded: settle(() => count(false), probeSucceeded),
      failed: settle(
        () => count(true),
        () => enter('open'),
      ),
      abandoned: settle(
        () => undefined,
        () => (probing -= 1),
      ),
    }
  }
  return {
    get state() {
      return state
    },
    admit() {
      if (state === 'open' && now() >= opensUntil) enter('half-open')
      if (state === 'open' || (state === 'half-open' && probing + probesSucceeded >= PROBES)) return null
      if (state === 'half-open') probing += 1
      return admission()
    },
    retryAfterMs: () => (state === 'open' ? Math.max(0, opensUntil - now()) : SLICE_MS),
  }
}
