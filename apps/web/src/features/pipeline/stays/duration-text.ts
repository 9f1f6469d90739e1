import type { TFunction } from 'i18next'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A time as short as people say it: `5 min`, `3 h`, `12 d`. */
export function durationText(t: TFunction, ms: number): string {
  if (ms < HOUR_MS) return t('stays.minutes', { count: Math.max(1, Math.round(ms / MINUTE_MS)) })
  if (ms < DAY_MS) return t('stays.hours', { count: Math.round(ms / HOUR_MS) })
  return t('stays.days', { count: Math.floor(ms / DAY_MS) })
}
