import { formatMoney } from '../../../lib/money/money.ts'

/** What numbers or amounts come to, in the reader's language. */
export const sumText = ({ sum, currency }: { sum: number; currency: string | null }, locale: string): string =>
  currency === null ? new Intl.NumberFormat(locale).format(sum) : formatMoney(sum, currency, locale)
