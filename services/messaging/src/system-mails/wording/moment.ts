import type { Locale } from '@ai-crm/contracts'

/** An instant in words. In UTC and saying so: we do not know where the reader is. */
export function moment(locale: Locale, instant: string): string {
  const format = new Intl.DateTimeFormat(locale === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(new Date(instant))} UTC`
}
