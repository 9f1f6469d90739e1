type Part = 'day' | 'month' | 'year'
const isPart = (type: string): type is Part => type === 'day' || type === 'month' || type === 'year'

/** Making one costs more than asking it a thousand times, and a page may have two thousand days. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(locale: string): Intl.DateTimeFormat {
  const known = formats.get(locale)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  })
  formats.set(locale, made)
  return made
}

const partsOf = (locale: string, day: Date) => formatOf(locale).formatToParts(day)

const orderOf = (locale: string): Part[] => partsOf(locale, new Date(0)).flatMap(({ type }) => (isPart(type) ? type : []))

/** A day that exists, as the API writes it: `2026-01-31`. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** A day as people of the locale type it: `31.01.2026`, `1/31/2026` as `01/31/2026`; what is no day stays as it is. */
export const typedDay = (day: string, locale: string): string =>
  isDay(day)
    ? partsOf(locale, new Date(`${day}T00:00:00Z`))
        .map(({ value }) => value)
        .join('')
    : day

/** How a day is typed, in letters: `ДД.ММ.ГГГГ`. */
export const dayPattern = (locale: string, letters: Readonly<Record<Part, string>>): string =>
  partsOf(locale, new Date(0))
    .map(({ type, value }) => (isPart(type) ? letters[type] : value))
    .join('')

/**
 * The day that was typed, in the order of the locale, whatever stands between the numbers: `31.1.26`, `31/01/2026`, `31012026`, without a year in this
 * one; or as the API writes it. Null: it is none.
 */
export function parseDay(text: string, locale: string, today: Date = new Date()): string | null {
  const typed = text.trim()
  if (/^\d{4}-\d/.test(typed)) return isDay(typed) ? typed : null
  const order = orderOf(locale)
  const numbers = numbersIn(typed, order)
  if (numbers.length < 2 || numbers.length > 3) return null
  const given = Object.fromEntries((numbers.length === 2 ? order.filter((part) => part !== 'year') : order).map((part, at) => [part, numbers[at] ?? '']))
  const { day = '', month = '', year = String(today.getFullYear()) } = given
  if (day.length > 2 || month.length > 2 || (year.length !== 2 && year.length !== 4)) return null
  const found = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(found) ? found : null
}

function numbersIn(typed: string, order: readonly Part[]): string[] {
  if (!/^\d{8}$/.test(typed)) return /[^\d\s./,-]/.test(typed) ? [] : typed.split(/\D+/).filter((number) => number !== '')
  let at = 0
  return order.map((part) => typed.slice(at, (at += part === 'year' ? 4 : 2)))
}
