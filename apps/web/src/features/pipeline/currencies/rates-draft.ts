import type { CurrencyRates, SetCurrencyRates } from '@ai-crm/contracts'

export interface RateDraft {
  /** Of the row on the screen. */
  readonly key: string
  /** Only of a new one the currency can be chosen. */
  readonly isNew: boolean
  readonly currency: string
  /** `2026-03-01`. */
  readonly on: string
  /** As it is typed: with a comma or a dot. */
  readonly rate: string
}

/** The currency of the organisation and its rates while they are edited. */
export interface RatesDraft {
  readonly currency: string
  readonly rates: readonly RateDraft[]
}

export const draftOf = ({ currency, rates }: CurrencyRates): RatesDraft => ({
  currency: currency ?? '',
  rates: rates.map((rate) => ({ ...rate, key: `${rate.currency} ${rate.on}`, isNew: false })),
})

export const updateOf = ({ currency, rates }: RatesDraft): SetCurrencyRates => ({
  currency,
  rates: rates.map(({ currency: of, on, rate }) => ({ currency: of, on, rate: rate.trim().replace(',', '.') })),
})

export const withRate = (rates: readonly RateDraft[], key: string, part: Partial<RateDraft>): readonly RateDraft[] =>
  rates.map((rate) => (rate.key === key ? { ...rate, ...part } : rate))

export type RateProblem = 'currency' | 'own' | 'day' | 'rate' | 'twice'

/** What is wrong with a row, by the word for it; null: nothing. */
export function wrongIn({ currency, on, rate }: RateDraft, { currency: own, rates }: RatesDraft): RateProblem | null {
  if (currency === '') return 'currency'
  if (currency === own) return 'own'
  if (on === '') return 'day'
  if (!/^(?:0|[1-9]\d{0,8})(?:[.,]\d{1,10})?$/.test(rate.trim()) || Number(rate.replace(',', '.')) === 0) return 'rate'
  return rates.filter((other) => other.currency === currency && other.on === on).length > 1 ? 'twice' : null
}
