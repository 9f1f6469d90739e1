import type { Deal } from '@ai-crm/contracts'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { parseMoney, typedMoney } from '../../../lib/money/money.ts'
import { Choice, inputLook } from '../../../ui/field.tsx'
import { FieldRow } from '../records/field-row.tsx'
import { useAmount } from './amount.tsx'
import { currencyOptions, rememberCurrency, usualCurrency } from './currencies.ts'
import { useUpdateDeal } from './use-update-deal.ts'

/** The amount with its currency, changed together: Enter or leaving saves, Esc takes back. */
export function AmountField({ deal, canUpdate }: { deal: Deal; canUpdate: boolean }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const text = useAmount()(deal)
  const label = t('deals.amount')
  if (isOpen) return <AmountForm deal={deal} label={label} onClose={() => setIsOpen(false)} />
  return (
    <FieldRow label={label}>
      <button
        type="button"
        disabled={!canUpdate}
        aria-label={t('records.editField', { field: `${label}: ${text ?? t('common.none')}` })}
        onClick={() => setIsOpen(true)}
        className="-mx-1 min-h-7.5 w-full rounded-md px-2 py-1 text-left tabular-nums enabled:hover:bg-hover"
      >
        {text ?? <span className="text-faint">{canUpdate ? t('records.add') : '—'}</span>}
      </button>
    </FieldRow>
  )
}

function AmountForm({ deal, label, onClose }: { deal: Deal; label: string; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const update = useUpdateDeal(deal)
  const [currency, setCurrency] = useState(deal.currency ?? usualCurrency(i18n.language))
  const [typed, setTyped] = useState(deal.amountMinor === null || deal.currency === null ? '' : typedMoney(deal.amountMinor, deal.currency))
  const amountMinor = typed.trim() === '' ? null : parseMoney(typed, currency)
  const isWrong = typed.trim() !== '' && amountMinor === null
  const save = (event?: FormEvent) => {
    event?.preventDefault()
    if (isWrong || update.isPending) return
    const change = { amountMinor, currency: amountMinor === null ? null : currency }
    if (change.amountMinor === deal.amountMinor && change.currency === deal.currency) return onClose()
    if (change.currency) rememberCurrency(change.currency)
    update.mutate(change, { onSuccess: onClose })
  }
  return (
    <FieldRow label={label} problem={isWrong ? t('deals.amountWrong') : update.error && explain(update.error, t)}>
      <form
        onSubmit={save}
        onBlur={({ currentTarget, relatedTarget }) => !currentTarget.contains(relatedTarget) && save()}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') onClose()
        }}
        className="flex gap-1.5"
      >
        <input
          autoFocus
          aria-label={label}
          aria-invalid={isWrong || undefined}
          inputMode="decimal"
          value={typed}
          maxLength={24}
          readOnly={update.isPending}
          onChange={({ target }) => setTyped(target.value)}
          className={`${inputLook} h-7.5 min-w-0 tabular-nums`}
        />
        <Choice
          isLabelHidden
          label={t('deals.currency')}
          value={currency}
          options={currencyOptions(deal.currency)}
          onChange={setCurrency}
          className="h-7.5! w-auto!"
        />
      </form>
    </FieldRow>
  )
}
