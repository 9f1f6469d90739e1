import { factorOf, type CurrencyRate, type TodaysRates } from '@ai-crm/contracts'

export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

export interface OwnSum {
  /** All parts together, rounded once. */
  readonly total: Money
  /** What the total is made of, the largest first. `rate`: null for the organisation's own currency. */
  readonly parts: readonly { readonly money: Money; readonly inOwn: Money; readonly rate: CurrencyRate | null }[]
  /** In currencies that nobody said a rate of: in no total. */
  readonly apart: readonly Money[]
}

/** Sums of several currencies in the organisation's; null where it has chosen none, or there is nothing that could be told in it. */
export function ownSumOf(sums: readonly Money[], { currency, rates }: TodaysRates): OwnSum | null {
  if (currency === null) return null
  const found = sums.map((money) => ({ money, rate: rates.find((rate) => rate.currency === money.currency) ?? null }))
  const known = found.filter(({ money, rate }) => rate !== null || money.currency === currency)
  if (known.length === 0) return null
  const exact = known.map(({ money, rate }) => ({
    money,
    rate,
    amount: money.amountMinor * (rate ? factorOf(money.currency, currency, Number(rate.rate)) : 1),
  }))
  const own = (amount: number): Money => ({ amountMinor: Math.round(amount), currency })
  return {
    total: own(exact.reduce((whole, { amount }) => whole + amount, 0)),
    parts: exact.toSorted((one, other) => other.amount - one.amount).map(({ money, rate, amount }) => ({ money, rate, inOwn: own(amount) })),
    apart: found.flatMap(({ money, rate }) => (rate === null && money.currency !== currency ? [money] : [])),
  }
}
