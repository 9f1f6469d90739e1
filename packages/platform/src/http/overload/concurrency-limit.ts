/**
 * How many requests may run at once, found by additive increase and multiplicative decrease (AIMD) on the 95th
 * percentile of how much slower than calm operations are: a process that is full answers few quickly, not all late.
 */
export interface ConcurrencyLimit {
  readonly value: number
  /** An operation was answered after `durationMs`, with `running` requests at its start. */
  record(operation: string, durationMs: number, running: number): void
  /** Somebody was held back by the limit: only then it may grow. */
  press(): void
}

export interface LimitOptions {
  readonly min: number
  /** Where it begins; `max` unless told. */
  readonly first?: number
  readonly max: number
  readonly now?: () => number
}

const WINDOW_MS = 250
const MIN_SAMPLES = 10
const MAX_SAMPLES = 2_000
const QUANTILE = 0.95
/** This many times slower than calm is too full … */
const MAX_SLOWDOWN = 3
/** … but never what is answered this fast. */
const FAST_MS = 40
const DECREASE = 0.8
/** With fewer than this share of the slots in use it is not the number of requests that makes them slow: another program, the disk. */
const USED_SHARE = 0.5
const INCREASE = 4
/** Below this share nobody waits for anybody: such answers tell how long an operation takes by itself. */
const CALM_SHARE = 0.25
const CALM_WEIGHT = 0.05
/** A process that was never calm must not take its own overload for normal. */
const MAX_CALM_MS = 100

export function createConcurrencyLimit({ min, max, first = max, now = () => performance.now() }: LimitOptions): ConcurrencyLimit {
  let value = first
  let windowStartedAt = now()
  let slowdowns: number[] = []
  let isPressed = false
  let mostRunning = 0
  const calmMs = new Map<string, number>()

  const learn = (operation: string, durationMs: number, running: number): number => {
    const known = calmMs.get(operation)
    const isCalm = running <= value * CALM_SHARE
    if (known !== undefined && !isCalm) return known
    const next = Math.min(MAX_CALM_MS, known === undefined ? durationMs : known + (durationMs - known) * CALM_WEIGHT)
    calmMs.set(operation, next)
    return next
  }
  const closeWindow = () => {
    const sorted = slowdowns.toSorted((left, right) => left - right)
    const slowdown = sorted[Math.floor((sorted.length - 1) * QUANTILE)] ?? 1
    if (slowdown > MAX_SLOWDOWN && mostRunning >= value * USED_SHARE) value = Math.max(min, Math.floor(value * DECREASE))
    else if (isPressed && slowdown <= MAX_SLOWDOWN) value = Math.min(max, value + INCREASE)
    slowdowns = []
    isPressed = false
    mostRunning = 0
    windowStartedAt = now()
  }
  return {
    get value() {
      return value
    },
    press: () => void (isPressed = true),
    record(operation, durationMs, running) {
      const calm = learn(operation, durationMs, running)
      mostRunning = Math.max(mostRunning, running)
      if (slowdowns.length < MAX_SAMPLES) slowdowns.push(durationMs <= FAST_MS ? 1 : durationMs / Math.max(calm, 1))
      if (slowdowns.length >= MIN_SAMPLES && now() - windowStartedAt >= WINDOW_MS) closeWindow()
    },
  }
}
