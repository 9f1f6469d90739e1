/**
 * States of a session (a family of refresh tokens):
 *
 *   alive → revoked (sign-out | refresh-reuse)   by a person, or because a token was used that had been exchanged before
 *   alive → over                                 by the clock: idle too long, or too old
 *
 * States of a refresh token: current → rotated, by compare-and-set. Presented again when rotated, it is answered with its
 * successor for GRACE_SECONDS on the same device (the first answer was lost); else somebody copied it and the family ends.
 */
export const GRACE_SECONDS = 10

const DAY_SECONDS = 86_400

export interface SessionLimits {
  readonly SESSION_IDLE_DAYS: number
  readonly SESSION_MAX_DAYS: number
}

/** When a session that begins now ends whatever happens. */
export const endOfSession = (limits: SessionLimits, now: Date): Date => after(now, limits.SESSION_MAX_DAYS * DAY_SECONDS)

/** When a token that is issued now ends by itself: idle time, but never beyond its session. */
export function endOfToken(limits: SessionLimits, now: Date, sessionEndsAt: Date): Date {
  const idleEndsAt = after(now, limits.SESSION_IDLE_DAYS * DAY_SECONDS)
  return idleEndsAt < sessionEndsAt ? idleEndsAt : sessionEndsAt
}

export const secondsBetween = (earlier: Date, later: Date): number => Math.floor((later.getTime() - earlier.getTime()) / 1000)

const after = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000)
