import { useTranslation } from 'react-i18next'
import { Choice, TextField } from '../../../ui/field.tsx'
import { currencyOptions } from './currencies.ts'

interface AmountInputsProps {
  amount: string
  currency: string
  problem: string | undefined
  onAmount: (amount: string) => void
  onCurrency: (currency: string) => void
}

/** An amount and its currency in a form. */
export function AmountInputs({ amount, currency, problem, onAmount, onCurrency }: AmountInputsProps) {
  const { t } = useTranslation()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_5.5rem] items-start gap-2">
      <TextField
        label={t('deals.amount')}
        inputMode="decimal"
        maxLength={24}
        value={amount}
        onChange={({ target }) => onAmount(target.value)}
        error={problem}
      />
      <Choice label={t('deals.currency')} value={currency} options={currencyOptions(null)} onChange={onCurrency} />
    </div>
  )
}
