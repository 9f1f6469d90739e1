import type { Forecast, ForecastSums } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { regionalLocale } from '../../../lib/time/format.ts'
import { SUMS } from './forecast-sums.ts'
import { partName } from './part-name.ts'

type Money = (minor: number, currency: string) => string

/** The forecast where a table has no room: a card for each month. */
export function ForecastCards({ forecast: { currency, parts }, money }: { forecast: Forecast; money: Money }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  return (
    // What scrolls around it is reached by keyboard through it.
    <div role="group" tabIndex={0} aria-label={t('forecast.title')} className="rounded-xl">
      <ul className="flex flex-col gap-3">
        {parts.map(({ part, lines, total }) => (
          <li key={part} className="flex flex-col gap-2 rounded-xl border border-line px-3.5 py-3 text-sm">
            <h3 className="font-medium">{partName(t, locale, part)}</h3>
            {lines.length === 0 && <p className="text-faint">—</p>}
            {currency && total && lines.length > 0 && <Sums sums={total} currency={currency} money={money} />}
            {(currency === null || total === null || lines.some((line) => line.currency !== currency)) &&
              lines.map((line) => (
                <div key={line.currency} className="flex flex-col gap-1 border-t border-line pt-2 text-muted first:border-0 first:pt-0">
                  <p className="text-xs">
                    {line.currency} · {t('forecast.deals', { count: line.openCount + line.wonCount })}
                  </p>
                  <Sums sums={line} currency={line.currency} money={money} />
                </div>
              ))}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Sums({ sums, currency, money }: { sums: ForecastSums; currency: string; money: Money }) {
  const { t } = useTranslation()
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-1">
      {SUMS.map((sum) => (
        <div key={sum} className="contents">
          <dt className="text-muted">{t(`forecast.sums.${sum}`)}</dt>
          <dd className="text-right tabular-nums">{money(sums[sum], currency)}</dd>
        </div>
      ))}
    </dl>
  )
}
