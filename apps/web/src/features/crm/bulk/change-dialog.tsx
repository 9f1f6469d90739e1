import { CompanySize, CONSENTS, CONTACT_CHANNELS, type ListRecord } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePipelines } from '../../../lib/pipelines/use-pipelines.ts'
import { stagesIn } from '../../../lib/pipelines/stages.ts'
import { zonesByName } from '../../../lib/time/zone-name.ts'
import { DateField } from '../../../ui/date-input.tsx'
import { Choice, TextArea, TextField } from '../../../ui/field.tsx'
import { CompanyCombobox } from '../companies/company-combobox.tsx'
import { usualCurrency } from '../deals/currencies.ts'
import { draftOf, valueOf } from '../fields/draft.ts'
import { ValueInput } from '../fields/value-input.tsx'
import { fieldLabel, optionLabel } from '../lists/offered-fields.ts'
import { offeredLanguages } from '../person/languages.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import { type ChangeField, useChangeFields } from './change-fields.ts'
import type { Selected } from './operation-of.ts'

interface ChangeDialogProps {
  record: ListRecord
  selected: Selected
  members: readonly Colleague[]
  nameOf: (userId: string) => string | null
  /** The field that is asked for to begin with. */
  fieldKey?: string
  onClose: () => void
  onStarted: () => void
}

/** One field of all selected records; left empty, it is emptied. */
export function ChangeDialog({ record, members, fieldKey, ...dialog }: ChangeDialogProps) {
  const { t } = useTranslation()
  const fields = useChangeFields(record)
  const [key, setKey] = useState(fieldKey ?? '')
  const field = fields.find((one) => one.key === key) ?? fields[0]
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  if (!field) return null
  const value = values[field.key]
  const isGiven = value !== undefined || field.kind === 'text'
  const given = typeof value === 'string' ? value.trim() || null : (value ?? null)
  const set = field.custom ? { custom: { [field.custom.id]: given } } : { [field.key]: given }
  return (
    <BulkDialog title={t('bulk.change')} action={t('bulk.changeAction')} asked={isGiven ? { do: 'change', set } : null} record={record} {...dialog}>
      <Choice
        label={t('bulk.field')}
        value={field.key}
        options={fields.map((one) => ({ value: one.key, label: fieldLabel(t, record, one) }))}
        onChange={setKey}
      />
      <Value key={field.key} record={record} field={field} members={members} onChange={(next) => setValues({ ...values, [field.key]: next })} value={value} />
    </BulkDialog>
  )
}

interface ValueProps {
  record: ListRecord
  field: ChangeField
  members: readonly Colleague[]
  value: unknown
  /** Undefined: what is typed is no value yet. */
  onChange: (value: unknown) => void
}

function Value(props: ValueProps) {
  const { record, field, members, value, onChange } = props
  const { t, i18n } = useTranslation()
  const pipelines = usePipelines()
  const label = fieldLabel(t, record, field)
  if (field.custom) return <CustomValue {...props} custom={field.custom} />
  if (field.key === 'companyId') return <CompanyValue label={label} onChange={onChange} />
  const text = typeof value === 'string' ? value : ''
  const choose = (next: string) => onChange(next === '?' ? undefined : next || null)
  const options = optionsOf()
  if (field.kind === 'person' || options) {
    const named =
      field.kind === 'person'
        ? [{ value: '', label: t('records.noOwner') }, ...members.map(({ userId, name }) => ({ value: userId, label: name }))]
        : (options ?? []).map((option) => ({ value: option, label: option === '' ? t('bulk.empty') : optionLabel(t, { ...field, pipelines }, option) }))
    return <Choice label={label} value={value === undefined ? '?' : text} options={[{ value: '?', label: t('bulk.choose') }, ...named]} onChange={choose} />
  }
  if (field.key === 'note')
    return <TextArea label={label} hint={t('bulk.emptyHint')} rows={3} maxLength={5000} value={text} onChange={({ target }) => choose(target.value)} />
  if (field.kind === 'date') return <DateField label={label} hint={t('bulk.emptyHint')} value={text} onChange={choose} />
  return <TextField label={label} hint={t('bulk.emptyHint')} maxLength={200} value={text} onChange={({ target }) => choose(target.value)} />

  function optionsOf(): readonly string[] | undefined {
    if (field.key === 'stage') return stagesIn(pipelines).map(({ id }) => id)
    return field.key === 'timeZone' ? ['', ...zonesByName(i18n.language)] : OPTIONS[field.key]
  }
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  size: ['', ...CompanySize.options],
  preferredChannel: ['', ...CONTACT_CHANNELS],
  language: ['', ...offeredLanguages()],
  consent: ['', ...CONSENTS],
}

function CustomValue({ custom, onChange }: ValueProps & { custom: NonNullable<ChangeField['custom']> }) {
  const { t, i18n } = useTranslation()
  const [draft, setDraft] = useState(() => draftOf(custom, null, usualCurrency(i18n.language)))
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-muted">{custom.label}</span>
      <ValueInput
        field={custom}
        draft={draft}
        onChange={(next) => {
          setDraft(next)
          onChange(valueOf(custom, next))
        }}
      />
      <p className="text-xs text-faint">{t('bulk.emptyHint')}</p>
    </div>
  )
}

function CompanyValue({ label, onChange }: { label: string; onChange: (value: unknown) => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(true)
  const choose = (id: string | null, chosen: string) => {
    onChange(id)
    setName(chosen)
    setIsOpen(false)
  }
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-muted">{label}</span>
      {isOpen ? (
        <CompanyCombobox
          label={label}
          text=""
          onChoose={(company) => choose(company.id, company.name)}
          onClear={() => choose(null, t('bulk.empty'))}
          onClose={() => setIsOpen(false)}
        />
      ) : (
        <button type="button" onClick={() => setIsOpen(true)} className="h-9 rounded-lg border border-line-strong px-2.5 text-left text-sm hover:border-faint">
          {name ?? t('bulk.choose')}
        </button>
      )}
    </div>
  )
}
