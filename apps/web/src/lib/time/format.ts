const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** Whole calendar days between two instants in the reader's zone; 0 is today, 1 yesterday. */
export function calendarDaysBetween(then: Date, now: Date): number {
  return Math.round((startOfDay(now) - startOfDay(then)) / DAY_MS)
}

/** As short as a list allows: `14:05` today, `Mon` this week, `3 Mar` this year, `03.03.2025` before. */
export function shortTime(iso: string, locale: string, now: Date = new Date()): string {
  const then = new Date(iso)
  const days = calendarDaysBetween(then, now)
  if (days === 0) return then.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  if (days > 0 && days < 7) return then.toLocaleDateString(locale, { weekday: 'short' })
  if (then.getFullYear() === now.getFullYear()) return then.toLocaleDateString(locale, { day: 'numeric', month: 'short' })
  return then.toLocaleDateString(locale, { day: '2-digit', month: '2-digit', year: 'numeric' })
}

/** Day and time in full, for titles and `<time>`. */
export const fullTime = (iso: string, locale: string): string => new Date(iso).toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' })

/** `now`, `3 minutes ago`, `yesterday`, `in 2 days`, in the reader's language. */
export function relativeTime(iso: string, locale: string, now: Date = new Date()): string {
  const then = new Date(iso)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const minutes = Math.round((then.getTime() - now.getTime()) / MINUTE_MS)
  if (minutes === 0) return format.format(0, 'second')
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const days = -calendarDaysBetween(then, now)
  if (days === 0) return format.format(Math.round(minutes / 60), 'hour')
  if (Math.abs(days) < 30) return format.format(days, 'day')
  return Math.abs(days) < 365 ? format.format(Math.round(days / 30), 'month') : format.format(Math.round(days / 365), 'year')
}

/** Seconds until an instant, never below zero. */
export const secondsUntil = (iso: string, now: Date = new Date()): number => Math.max(0, Math.ceil((new Date(iso).getTime() - now.getTime()) / 1000))

/** `en` as the reader's region writes it (`en-GB`: 14:05, `en-US`: 2:05 PM); the plain language where the browser does not say. */
export const regionalLocale = (language: string, preferred: readonly string[]): string =>
  preferred.find((locale) => locale === language || locale.startsWith(`${language}-`)) ?? language
