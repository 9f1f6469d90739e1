import { digitsOf } from '@ai-crm/contracts'

/** `12 500 ₽`; without the fraction where there is none. */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  const digits = digitsOf(currency)
  const isWhole = amountMinor % 10 ** digits === 0
  return formOf(locale, currency, isWhole ? 0 : digits, digits).format(amountMinor / 10 ** digits)
}

const forms = new Map<string, Intl.NumberFormat>()

/** Kept: making one costs more than all else that a card of a board does. */
function formOf(locale: string, currency: string, minimumFractionDigits: number, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${locale} ${currency} ${minimumFractionDigits}`
  const form = forms.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits, maximumFractionDigits })
  forms.set(key, form)
  return form
}

/**
 * An amount as people type it, `12 500,50` or `12,500.50`, in the smallest unit; null where it is none, or more exact than the
 * currency. The last comma or dot begins the fraction, unless they part the number into thousands throughout.
 */
export function parseMoney(typed: string, currency: string): number | null {
  const text = typed.replaceAll(/[\s'’]/g, '')
  if (!/^\d[\d.,]*$/.test(text)) return null
  const digits = digitsOf(currency)
  const mark = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  const isGrouping = digits < 3 && /^[1-9]\d{0,2}([.,]\d{3})+$/.test(text)
  const whole = (mark < 0 || isGrouping ? text : text.slice(0, mark)).replaceAll(/[.,]/g, '')
  const fraction = mark < 0 || isGrouping ? '' : text.slice(mark + 1)
  if (fraction.length > digits) return null
  const minor = Number(whole + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(minor) ? minor : null
}

/** The amount as it stands in a field: plain digits with a dot. */
export function typedMoney(amountMinor: number, currency: string): string {
  const digits = digitsOf(currency)
  return digits === 0 ? String(amountMinor) : (amountMinor / 10 ** digits).toFixed(amountMinor % 10 ** digits === 0 ? 0 : digits)
}
