import { Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/button.tsx'
import { DateField } from '../../../ui/date-input.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import type { RateDraft, RateProblem } from './rates-draft.ts'

interface RateRowProps {
  rate: RateDraft
  /** The currency of the organisation. */
  own: string
  currencies: readonly { value: string; label: string }[]
  wrong: RateProblem | null
  onChange: (key: string, part: Partial<RateDraft>) => void
  onRemove: (key: string) => void
}

/** What one unit of a currency is worth from a day on. There may be two thousand of them, and three hundred currencies to choose from. */
export const RateRow = memo(function RateRow({ rate, own, currencies, wrong, onChange, onRemove }: RateRowProps) {
  const { t } = useTranslation()
  const set = (part: Partial<RateDraft>) => onChange(rate.key, part)
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-44">
          {rate.isNew ? (
            <Choice isLabelHidden label={t('forecast.rates.currency')} value={rate.currency} options={currencies} onChange={(currency) => set({ currency })} />
          ) : (
            <span className="text-sm">{currencies.find(({ value }) => value === rate.currency)?.label ?? rate.currency}</span>
          )}
        </div>
        <span aria-hidden>=</span>
        <div className="w-28">
          <TextField
            isLabelHidden
            label={t('forecast.rates.rate')}
            inputMode="decimal"
            maxLength={20}
            value={rate.rate}
            onChange={({ target }) => set({ rate: target.value })}
          />
        </div>
        <span className="text-sm text-muted">{own}</span>
        <div className="w-40">
          <DateField isLabelHidden label={t('forecast.rates.on')} value={rate.on} onChange={(on) => set({ on })} />
        </div>
        <IconButton label={t('forecast.rates.remove', { currency: rate.currency })} onClick={() => onRemove(rate.key)}>
          <Trash2 />
        </IconButton>
      </div>
      {wrong && (
        <p role="alert" className="text-xs text-danger">
          {t(`forecast.rates.wrong.${wrong}`)}
        </p>
      )}
    </li>
  )
})
