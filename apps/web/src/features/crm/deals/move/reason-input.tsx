import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../../../../ui/field.tsx'
import type { DemandedForm } from './demanded-form.ts'

interface ReasonInputProps {
  form: DemandedForm
  reasons: readonly string[]
  problem: string | undefined
}

const look =
  'flex min-h-8 items-center gap-2 rounded-lg border border-line-strong px-2.5 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2'

/** Why a deal is lost: one of the usual reasons by a press, or another in words. */
export function ReasonInput({ form, reasons, problem }: ReasonInputProps) {
  const { t } = useTranslation()
  const [isOther, setIsOther] = useState(reasons.length === 0)
  const choose = (lostReason: string) => {
    setIsOther(false)
    form.set({ lostReason })
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className={reasons.length > 0 ? 'mb-1.5 text-xs font-medium text-muted' : 'sr-only'}>{t('deals.lostReason')}</legend>
      {reasons.length > 0 && (
        <div className="grid gap-1.5 sm:grid-cols-2">
          {reasons.map((reason) => (
            <label key={reason} className={look}>
              <input
                type="radio"
                name="reason"
                className="accent-accent"
                checked={!isOther && form.given.lostReason === reason}
                onChange={() => choose(reason)}
              />
              <span className="min-w-0 break-words">{reason}</span>
            </label>
          ))}
          <label className={look}>
            <input
              type="radio"
              name="reason"
              className="accent-accent"
              checked={isOther}
              onChange={() => {
                setIsOther(true)
                form.set({ lostReason: null })
              }}
            />
            {t('deals.otherReason')}
          </label>
        </div>
      )}
      {isOther && (
        <TextField
          label={t('deals.reasonInWords')}
          isLabelHidden={reasons.length > 0}
          maxLength={500}
          value={form.given.lostReason ?? ''}
          error={problem}
          onChange={({ target }) => form.set({ lostReason: target.value.trim() === '' ? null : target.value })}
        />
      )}
    </fieldset>
  )
}
