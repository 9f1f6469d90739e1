import type { TFunction } from 'i18next'

/** `2026-03` as the reader's language has it, and what is no month. */
export function partName(t: TFunction, locale: string, part: string): string {
  if (part === 'overdue' || part === 'undated') return t(`forecast.${part}`)
  return new Date(`${part}-01T00:00:00Z`).toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
}
