import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/button.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import type { RateDraft, RatesDraft } from './rates-draft.ts'
import { wrongIn } from './rates-draft.ts'

interface RateRowProps {
  rate: RateDraft
  draft: RatesDraft
  currencies: readonly { value: string; label: string }[]
  isShown: boolean
  onChange: (part: Partial<RateDraft>) => void
  onRemove: () => void
}

/** What one unit of a currency is worth from a day on. */
export function RateRow({ rate, draft, currencies, isShown, onChange, onRemove }: RateRowProps) {
  const { t } = useTranslation()
  const wrong = isShown ? wrongIn(rate, draft) : null
  return (
    <li className="flex flex-col gap-1 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-44">
          <Choice
            isLabelHidden
            label={t('forecast.rates.currency')}
            value={rate.currency}
            options={currencies}
            onChange={(currency) => onChange({ currency })}
          />
        </div>
        <span aria-hidden>=</span>
        <div className="w-28">
          <TextField
            isLabelHidden
            label={t('forecast.rates.rate')}
            inputMode="decimal"
            maxLength={20}
            value={rate.rate}
            onChange={({ target }) => onChange({ rate: target.value })}
          />
        </div>
        <span className="text-sm text-muted">{draft.currency}</span>
        <div className="w-40">
          <TextField isLabelHidden label={t('forecast.rates.on')} type="date" value={rate.on} onChange={({ target }) => onChange({ on: target.value })} />
        </div>
        <IconButton label={t('forecast.rates.remove', { currency: rate.currency })} onClick={onRemove}>
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
}
