import type { CurrencyRate } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../lib/time/format.ts'
import { CalendarDay } from './calendar-day.tsx'

/** What one unit of a currency is worth in the organisation's, and since when. */
export function RateText({ rate: { currency, rate, on }, own }: { rate: CurrencyRate; own: string }) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(regionalLocale(i18n.language, navigator.languages), { maximumSignificantDigits: 10 }).format(Number(rate))
  return (
    <>
      {t('deals.ownSum.rate', { currency, rate: number, own })} <CalendarDay day={on} />
    </>
  )
}
