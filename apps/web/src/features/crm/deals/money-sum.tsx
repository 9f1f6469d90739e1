import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '../../../lib/money/money.ts'
import { ownSumOf, type Money, type OwnSum } from '../../../lib/money/own-sum.ts'
import { regionalLocale } from '../../../lib/time/format.ts'
import { Popover } from '../../../ui/popover.tsx'
import { RateText } from '../../../ui/rate-text.tsx'
import { useMoneyText, useTodaysRates } from './use-money-text.ts'

/** What amounts come to in the organisation's currency; where others are among them, pressing it tells the part and the rate of each. */
export function MoneySum({ sums }: { sums: readonly Money[] }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const text = useMoneyText()(sums)
  const own = ownSumOf(sums, useTodaysRates())
  const isPlain = own === null || (own.apart.length === 0 && own.parts.every(({ rate }) => rate === null))
  if (isPlain)
    return (
      <span className="min-w-0 truncate" title={text}>
        {text}
      </span>
    )
  return (
    <Popover
      label={t('deals.ownSum.title')}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <button
          type="button"
          aria-label={t('deals.ownSum.open', { sum: text })}
          title={t('deals.ownSum.title')}
          className="min-w-0 truncate rounded-sm underline decoration-line-strong decoration-dotted underline-offset-3 hover:decoration-ink"
        >
          {text}
        </button>
      }
    >
      <OwnSumParts own={own} />
    </Popover>
  )
}

function OwnSumParts({ own: { total, parts, apart } }: { own: OwnSum }) {
  const { t, i18n } = useTranslation()
  const locale = regionalLocale(i18n.language, navigator.languages)
  const told = ({ amountMinor, currency }: Money) => formatMoney(amountMinor, currency, locale)
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="flex justify-between gap-3 font-medium tabular-nums">
        <span>{t('deals.ownSum.total', { currency: total.currency })}</span>
        <span>{told(total)}</span>
      </p>
      <ul className="flex flex-col gap-1.5 border-t border-line pt-2">
        {parts.map(({ money, inOwn, rate }) => (
          <li key={money.currency} className="flex flex-col tabular-nums">
            <span className="flex justify-between gap-3">
              <span>{told(money)}</span>
              {rate && <span>{told(inOwn)}</span>}
            </span>
            {rate && (
              <span className="text-xs text-muted">
                <RateText rate={rate} own={total.currency} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {apart.length > 0 && (
        <div className="flex flex-col gap-1 border-t border-line pt-2">
          <p className="text-xs text-pretty text-warn">{t('deals.ownSum.apart')}</p>
          {apart.map((money) => (
            <span key={money.currency} className="tabular-nums">
              {told(money)}
            </span>
          ))}
        </div>
      )}
    </div>
  )
}
