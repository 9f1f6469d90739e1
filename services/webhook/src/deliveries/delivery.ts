/**
 * An event on its way to a webhook. At least once, in no promised order:
 *
 *   (new)    → pending    the event happened, or somebody asked for a ping
 *   pending | waiting → sending    claimed: attempt, lease and fence are committed BEFORE the call
 *   sending  → delivered  the receiver answered 2xx
 *   sending  → waiting    it did not: again later, by the schedule below or its Retry-After
 *   sending  → failed     410, or 72 hours are over
 *   sending  → sending    the lease ran out (its holder died): sent again, under the same webhook-id
 *   pending | waiting → failed     the webhook was switched off
 *   delivered | failed | waiting → pending    a person says: send again
 */
export const LEASE_MS = 30_000
/** The receiver's time: name, connection, TLS and answer together. */
export const CALL_TIMEOUT_MS = 10_000
/** After so long without one success a webhook is switched off. */
export const PATIENCE_MS = 72 * 3_600_000
/** No round of attempts goes on for longer. */
export const ROUND_MS = 72 * 3_600_000
/** Rounds that people ask for are bounded as well, and so is the log of one delivery. */
export const MAX_ATTEMPTS = 60

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
const WAITS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
const JITTER = 0.1
const LONGEST_RETRY_AFTER_MS = 24 * HOUR

export interface FailedAttempt {
  /** Attempts of this round so far, this one included. */
  readonly roundAttempts: number
  readonly giveUpAt: Date
  /** What the receiver asked for, or 0. */
  readonly retryAfterMs: number
}

/** When to try again; null: no more. The last attempt is at the very end of the round. */
export function nextAttemptAt({ roundAttempts, giveUpAt, retryAfterMs }: FailedAttempt, now: Date, random: () => number = Math.random): Date | null {
  const waitMs = WAITS_MS[roundAttempts - 1]
  if (waitMs === undefined || now >= giveUpAt) return null
  const jitteredMs = waitMs * (1 + JITTER * random())
  const at = now.getTime() + Math.max(jitteredMs, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS))
  return new Date(Math.min(at, giveUpAt.getTime()))
}

/** Retry-After (RFC 9110 10.2.3), seconds or a date, in ms; 0 where there is none that makes sense. */
export function readRetryAfter(value: string | undefined, now: Date): number {
  if (value === undefined) return 0
  if (/^\d{1,9}$/.test(value.trim())) return Number(value.trim()) * SECOND
  const at = Date.parse(value)
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime())
}
