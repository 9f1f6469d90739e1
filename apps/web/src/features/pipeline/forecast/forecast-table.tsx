import type { Forecast, ForecastSums } from '@ai-crm/contracts'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../lib/money/money.ts'
import { regionalLocale } from '../../../lib/time/format.ts'
import { useIsPhone } from '../../../lib/use-is-phone.ts'
import { ForecastCards } from './forecast-cards.tsx'
import { SUMS } from './forecast-sums.ts'
import { partName } from './part-name.ts'

/** Month by month what is won and what is expected, each currency by itself, and all of it in the organisation's. */
export function ForecastTable({ forecast }: { forecast: Forecast }) {
  const { t, i18n } = useTranslation()
  const isPhone = useIsPhone()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const money = (minor: number, currency: string) => (minor === 0 ? '—' : formatMoney(Math.round(minor), currency, locale))
  const cells = (sums: ForecastSums, currency: string) =>
    SUMS.map((sum) => (
      <td key={sum} className="px-3 py-1.5 text-right tabular-nums">
        {money(sums[sum], currency)}
      </td>
    ))
  if (isPhone) return <ForecastCards forecast={forecast} money={money} />
  const { currency, parts } = forecast
  return (
    <div className="overflow-x-auto rounded-xl border border-line" tabIndex={0} role="group" aria-label={t('forecast.title')}>
      <table className="w-full min-w-160 text-sm">
        <thead className="text-xs text-muted">
          <tr className="border-b border-line">
            <th scope="col" className="px-3 py-2 text-left font-medium">
              {t('forecast.month')}
            </th>
            {SUMS.map((sum) => (
              <th key={sum} scope="col" className="px-3 py-2 text-right font-medium" title={t(`forecast.hints.${sum}`)}>
                {t(`forecast.sums.${sum}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {parts.map(({ part, lines, total }) => (
            <Fragment key={part}>
              <tr className="border-t border-line first:border-0">
                <th scope="row" className="px-3 py-1.5 text-left font-medium">
                  {partName(t, locale, part)}
                </th>
                {currency && total ? (
                  cells(total, currency)
                ) : (
                  <td colSpan={SUMS.length} className="px-3 py-1.5 text-right text-faint">
                    {lines.length === 0 ? '—' : ''}
                  </td>
                )}
              </tr>
              {(currency === null || total === null || lines.some((line) => line.currency !== currency)) &&
                lines.map((line) => (
                  <tr key={line.currency} className="text-muted">
                    <th scope="row" className="px-3 py-1 pl-6 text-left text-xs font-normal">
                      {line.currency} · {t('forecast.deals', { count: line.openCount + line.wonCount })}
                    </th>
                    {cells(line, line.currency)}
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
