import { formatMoney } from '../../../lib/money/money.ts'
import type { Money } from '../../../lib/money/own-sum.ts'

interface Sum {
  readonly sum: number
  readonly currency: string | null
}

/** What numbers or amounts come to, in the reader's language. */
export const sumText = ({ sum, currency }: Sum, locale: string): string =>
  currency === null ? new Intl.NumberFormat(locale).format(sum) : formatMoney(sum, currency, locale)

/** Those that are amounts, not plain numbers. */
export const amountsOf = (sums: readonly Sum[]): Money[] => sums.flatMap(({ sum, currency }) => (currency === null ? [] : [{ amountMinor: sum, currency }]))
