import type { ImportSettings } from '@ai-crm/contracts'

/** Words for yes and no. */
const YES: ReadonlySet<string> = new Set(['yes', 'y', 'true', '1', '+', 'x', 'да', 'д', 'истина', 'есть', 'on'])
const NO: ReadonlySet<string> = new Set(['no', 'n', 'false', '0', '-', 'нет', 'н', 'ложь', 'off'])

export function checkboxOf(text: string): boolean | null {
  const word = text.toLowerCase()
  return YES.has(word) ? true : NO.has(word) ? false : null
}

/** Whether `1.234` is a number with a fraction: a workbook writes numbers so, in other files it may be thousands. */
export type NumberStyle = 'point' | 'unknown'

/**
 * `1 234,50`, `1,234.50`, `1234.5`, `-5`: the last of both signs stands before the fraction, and one that stands twice between thousands.
 * Null for what may be either, `1,234`: whoever knows says so, and nobody has a thousand times too much.
 */
export function numberOf(text: string, style: NumberStyle): number | null {
  const bare = text.replaceAll(/[\s\u00A0\u202F']/g, '').replace('−', '-')
  if (!/^[-+]?[\d.,]*\d[\d.,]*$/.test(bare)) return null
  if (/^[-+]?[1-9]\d{0,2}[.,]\d{3}$/.test(bare) && !(style === 'point' && bare.includes('.'))) return null
  const [comma, point] = [bare.lastIndexOf(','), bare.lastIndexOf('.')]
  const decimal = comma > point ? ',' : '.'
  const isGrouping = bare.split(decimal).length > 2
  const plain = isGrouping ? bare.replaceAll(/[.,]/g, '') : bare.replaceAll(decimal === ',' ? '.' : ',', '').replace(decimal, '.')
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

/** A day as 2026-01-31: written so, with points, slashes or dashes in the order of the file, with or without a time after it. */
export function dayOf(text: string, order: ImportSettings['dates']): string | null {
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T\s].*)?$/.exec(text)
  if (iso) return checkedDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const local = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4}|\d{2})(?:[,\s].*)?$/.exec(text)
  if (!local) return null
  const [first, second, given] = [Number(local[1]), Number(local[2]), Number(local[3])]
  const year = given < 100 ? given + (given < 70 ? 2000 : 1900) : given
  return order === 'dmy' ? checkedDay(year, second, first) : checkedDay(year, first, second)
}

function checkedDay(year: number, month: number, day: number): string | null {
  const moment = new Date(Date.UTC(year, month - 1, day))
  const isReal = moment.getUTCFullYear() === year && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day
  return isReal && year > 0 ? moment.toISOString().slice(0, 10) : null
}

/** An amount with or without its currency: `1 200 EUR`, `€5`, `1200`. */
export function moneyOf(text: string, currency: string | null, style: NumberStyle): { amount: number; currency: string } | null {
  const code = /[A-Za-z]{3}/.exec(text)?.[0]?.toUpperCase() ?? SIGNS.find(([sign]) => text.includes(sign))?.[1] ?? currency
  const amount = numberOf(text.replaceAll(/[A-Za-z]{3}|[€$£₽]|руб\.?|р\.?/g, ''), style)
  return code === null || code === undefined || amount === null ? null : { amount, currency: code }
}

const SIGNS: readonly (readonly [sign: string, code: string])[] = [
  ['€', 'EUR'],
  ['$', 'USD'],
  ['£', 'GBP'],
  ['₽', 'RUB'],
  ['руб', 'RUB'],
]
