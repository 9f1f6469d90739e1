import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../../lib/api/explain.ts'
import { membersQuery } from '../../../../lib/session/members-query.ts'
import { useMe } from '../../../../lib/session/session-store.ts'
import { DateField } from '../../../../ui/date-input.tsx'
import { Choice, Field } from '../../../../ui/field.tsx'
import { CompanyCombobox } from '../../companies/company-combobox.tsx'
import { CustomInputs } from '../../fields/custom-inputs.tsx'
import { useTagsOf } from '../../tags/queries.ts'
import { TagChip } from '../../tags/tag-chip.tsx'
import { TagPicker } from '../../tags/tag-picker.tsx'
import { AmountInputs } from '../amount-inputs.tsx'
import { PersonSearch } from '../person-search.tsx'
import type { DemandedForm, KnownKey } from './demanded-form.ts'
import { ReasonInput } from './reason-input.tsx'

interface DemandedInputsProps {
  form: DemandedForm
  error: Error | null
  /** Offered for a deal that is lost. */
  reasons: readonly string[]
}

/** Inputs for what a stage demands, built-in fields first. */
export function DemandedInputs({ form, error, reasons }: DemandedInputsProps) {
  return (
    <>
      {form.keys.map((key) => (
        <Input key={key} field={key} form={form} error={error} reasons={reasons} />
      ))}
      <CustomInputs form={form.custom} error={error} />
    </>
  )
}

function Input({ field, form, error, reasons }: DemandedInputsProps & { field: KnownKey }) {
  const { t } = useTranslation()
  const isMissing = form.isShown && form.fields === null && form.given[field] === undefined
  const problem = explainField(error, field, t) ?? (isMissing ? t('fields.missing') : undefined)
  if (field === 'lostReason') return <ReasonInput form={form} reasons={reasons} problem={explainField(error, field, t)} />
  if (field === 'amountMinor') return <AmountInput form={form} error={error} />
  if (field === 'expectedCloseOn')
    return (
      <DateField
        label={t('deals.expectedClose')}
        error={problem}
        value={form.given.expectedCloseOn ?? ''}
        onChange={(day) => form.set({ expectedCloseOn: day || null })}
      />
    )
  if (field === 'ownerId') return <OwnerInput form={form} problem={problem} />
  return <FoundInput field={field} form={form} problem={problem} />
}

function AmountInput({ form: { amount, isShown }, error }: Pick<DemandedInputsProps, 'form' | 'error'>) {
  const { t } = useTranslation()
  const missing = isShown && amount.text.trim() === '' ? t('fields.missing') : undefined
  return (
    <AmountInputs
      amount={amount.text}
      currency={amount.currency}
      problem={amount.isWrong ? t('deals.amountWrong') : (explainField(error, 'amountMinor', t) ?? missing)}
      onAmount={(text) => amount.set(text, amount.currency)}
      onCurrency={(currency) => amount.set(amount.text, currency)}
    />
  )
}

interface OneInputProps {
  form: DemandedForm
  problem: string | undefined
}

function OwnerInput({ form, problem }: OneInputProps) {
  const { t } = useTranslation()
  const { user } = useMe()
  const members = useQuery(membersQuery).data?.items ?? [{ userId: user.id, name: user.name }]
  return (
    <Choice
      label={t('records.owner')}
      error={problem}
      value={form.given.ownerId ?? ''}
      options={[{ value: '', label: t('fields.nothing') }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]}
      onChange={(ownerId) => form.set({ ownerId: ownerId || null })}
    />
  )
}

/** A company, a person or tags, found by typing. */
function FoundInput({ field, form, problem }: OneInputProps & { field: 'companyId' | 'contacts' | 'tagIds' }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const tags = useTagsOf(form.given.tagIds)
  const label = t(field === 'companyId' ? 'deals.company' : field === 'contacts' ? 'deals.people' : 'tags.title')
  const close = () => setIsOpen(false)
  const take = (part: Parameters<DemandedForm['set']>[0], name: string) => {
    form.set(part)
    setChosen(name)
    close()
  }
  const tagIds = form.given.tagIds ?? []
  return (
    <Field label={label} error={problem}>
      {(props) => (
        <>
          {field === 'tagIds' && tags.length > 0 && (
            <span className="flex flex-wrap gap-1">
              {tags.map((tag) => (
                <TagChip key={tag.id} name={tag.name} color={tag.color} />
              ))}
            </span>
          )}
          {!isOpen && (
            <button
              type="button"
              {...props}
              onClick={() => setIsOpen(true)}
              className="h-9 rounded-lg border border-line-strong px-2.5 text-left text-sm hover:border-faint"
            >
              {chosen ?? <span className="text-faint">{t('bulk.choose')}</span>}
            </button>
          )}
          {isOpen && field === 'companyId' && (
            <CompanyCombobox label={label} text="" onChoose={({ id, name }) => take({ companyId: id }, name)} onClose={close} />
          )}
          {isOpen && field === 'contacts' && (
            <PersonSearch exceptIds={[]} onChoose={(contactId, name) => take({ contacts: [{ contactId, role: null }] }, name)} onClose={close} />
          )}
          {isOpen && field === 'tagIds' && (
            <TagPicker
              chosen={tagIds}
              onToggle={(id) => form.set({ tagIds: tagIds.includes(id) ? tagIds.filter((one) => one !== id) : [...tagIds, id] })}
              onRemoveLast={() => form.set({ tagIds: tagIds.slice(0, -1) })}
              onClose={close}
            />
          )}
        </>
      )}
    </Field>
  )
}
