import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice, inputLook } from '../../../../ui/field.tsx'
import { currencyOptions, rememberCurrency, usualCurrency } from '../../deals/currencies.ts'
import { isSameDraft, valueOf } from '../../fields/draft.ts'
import type { CellEditorProps } from './cell-editor-props.ts'
import type { Step } from './grid-keys.ts'
import { CellPopover } from './cell-popover.tsx'
import { beginOf } from './cell-value.ts'

/** An amount with its currency. */
export function MoneyEditor(props: CellEditorProps) {
  const { label, cell, refused, onSave, onLeave } = props
  const { t, i18n } = useTranslation()
  const usual = usualCurrency(i18n.language)
  const [draft, setDraft] = useState(() => beginOf(props, usual))
  const value = valueOf({ kind: 'money', currency: null }, draft)
  const save = (step: Step) => {
    if (isSameDraft(draft, beginOf({ ...props, typed: null }, usual)) && refused === undefined) return onLeave(step)
    if (value !== null && value !== undefined) rememberCurrency(draft.currency)
    if (value !== undefined) onSave(value, step)
  }
  return (
    <CellPopover label={label} anchor={cell} onSave={save} onCancel={() => onLeave('stay')}>
      <form
        className="grid grid-cols-[minmax(0,1fr)_5.5rem] gap-1.5"
        onSubmit={(event) => {
          event.preventDefault()
          save('down')
        }}
      >
        <input
          autoFocus
          inputMode="decimal"
          aria-label={label}
          aria-invalid={value === undefined || undefined}
          maxLength={24}
          value={draft.text}
          onChange={({ target }) => setDraft({ ...draft, text: target.value })}
          className={`${inputLook} h-8 min-w-0 tabular-nums`}
        />
        <Choice
          isLabelHidden
          label={t('deals.currency')}
          value={draft.currency}
          options={currencyOptions(draft.currency)}
          onChange={(currency) => setDraft({ ...draft, currency })}
          className="h-8!"
        />
      </form>
      {value === undefined && (
        <p role="alert" className="px-1 pt-1 text-xs text-danger">
          {t('deals.amountWrong')}
        </p>
      )}
    </CellPopover>
  )
}
