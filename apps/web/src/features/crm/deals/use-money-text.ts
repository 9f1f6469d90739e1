import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../lib/money/money.ts'
import { ownSumOf, type Money } from '../../../lib/money/own-sum.ts'
import { todaysRatesQuery } from '../../../lib/money/todays-rates.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { regionalLocale } from '../../../lib/time/format.ts'

/** Nothing is told in the organisation's currency until its rates are known. */
export const useTodaysRates = () => useQuery({ ...todaysRatesQuery, enabled: useCan('crm.deal.read') }).data ?? { currency: null, rates: [] }

/** Sums in one line: in the organisation's currency where that can be told, with what has no rate beside it; else each by itself, the largest first. */
export function useMoneyText(): (sums: readonly Money[]) => string {
  const { i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const today = useTodaysRates()
  return (sums) => {
    const own = ownSumOf(sums, today)
    const shown = own ? [own.total, ...own.apart] : sums.toSorted((one, other) => other.amountMinor - one.amountMinor)
    return shown.map(({ amountMinor, currency }) => formatMoney(amountMinor, currency, locale)).join(own ? ' + ' : ' · ')
  }
}
