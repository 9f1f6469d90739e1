import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../../../lib/session/members-query.ts'
import { DateInput } from '../../../ui/date-input.tsx'
import { Choice, inputLook } from '../../../ui/field.tsx'
import { currencyOptions } from '../deals/currencies.ts'
import { offeredOptions } from './draft.ts'
import { OptionBadge } from './option-badge.tsx'
import { RecordChoice } from './record-choice.tsx'
import type { ValueInputProps } from './value-input-props.ts'

/** What a value of the field is typed or chosen with: the browser's own controls, for the keyboard and the phone. */
export function ValueInput(props: ValueInputProps) {
  const { field } = props
  if (field.kind === 'multiSelect') return <ManyOptions {...props} />
  if (field.kind === 'select' || field.kind === 'checkbox' || field.kind === 'person') return <OneOption {...props} />
  if (field.kind === 'relation' && field.relatesTo) return <RecordChoice {...props} record={field.relatesTo} />
  if (field.kind === 'money') return <Amount {...props} />
  return <Typed {...props} />
}

const MAX_TEXT = 2000

function Typed({ field, draft, id, isFocused, isWrong, describedBy, isRequired, onChange }: ValueInputProps) {
  const shared = {
    id,
    autoFocus: isFocused,
    'aria-label': field.label,
    'aria-invalid': isWrong || undefined,
    'aria-describedby': describedBy,
    required: isRequired,
    value: draft.text,
    className: `${inputLook} h-8 min-w-0`,
  }
  if (field.kind === 'date') return <DateInput {...shared} onChange={(text) => onChange({ ...draft, text })} />
  return (
    <input
      {...shared}
      inputMode={field.kind === 'number' ? 'decimal' : field.kind === 'url' ? 'url' : undefined}
      maxLength={MAX_TEXT}
      onChange={({ target }) => onChange({ ...draft, text: target.value })}
    />
  )
}

function Amount(props: ValueInputProps) {
  const { t } = useTranslation()
  const { draft, onChange } = props
  return (
    <span className="grid grid-cols-[minmax(0,1fr)_5rem] gap-1.5">
      <Typed {...props} />
      <Choice
        isLabelHidden
        label={t('deals.currency')}
        value={draft.currency}
        options={currencyOptions(draft.currency)}
        onChange={(currency) => onChange({ ...draft, currency })}
        className="h-8!"
      />
    </span>
  )
}

function OneOption({ field, draft, id, isFocused, isWrong, describedBy, isRequired, onChange }: ValueInputProps) {
  const { t } = useTranslation()
  const members = useQuery({ ...membersQuery, enabled: field.kind === 'person' }).data?.items ?? []
  const offered =
    field.kind === 'checkbox'
      ? [
          { id: 'true', label: t('fields.yes') },
          { id: 'false', label: t('fields.no') },
        ]
      : field.kind === 'person'
        ? members.map(({ userId, name }) => ({ id: userId, label: name }))
        : offeredOptions(field, [draft.text])
  const isUnknown = draft.text !== '' && !offered.some((option) => option.id === draft.text)
  return (
    <select
      id={id}
      autoFocus={isFocused}
      aria-label={field.label}
      aria-invalid={isWrong || undefined}
      aria-describedby={describedBy}
      required={isRequired}
      value={draft.text}
      onChange={({ target }) => onChange({ ...draft, text: target.value })}
      className={`${inputLook} h-8`}
    >
      <option value="">{t('fields.nothing')}</option>
      {isUnknown && <option value={draft.text}>{t('records.ownerUnknown')}</option>}
      {offered.map((option) => (
        <option key={option.id} value={option.id}>
          {option.label}
        </option>
      ))}
    </select>
  )
}

function ManyOptions({ field, draft, id, isFocused, isWrong, describedBy, onChange }: ValueInputProps) {
  const offered = offeredOptions(field, draft.ids)
  const toggle = (optionId: string) => {
    const chosen = new Set(draft.ids)
    if (!chosen.delete(optionId)) chosen.add(optionId)
    onChange({ ...draft, ids: offered.map(({ id }) => id).filter((id) => chosen.has(id)) })
  }
  return (
    <fieldset
      id={id}
      aria-label={field.label}
      aria-describedby={describedBy}
      className={`flex max-h-44 flex-col gap-1.5 overflow-y-auto rounded-lg border p-2 ${isWrong ? 'border-danger' : 'border-line-strong'}`}
    >
      {offered.map((option, index) => (
        <label key={option.id} className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            autoFocus={isFocused && index === 0}
            className="size-4 shrink-0 accent-accent"
            checked={draft.ids.includes(option.id)}
            onChange={() => toggle(option.id)}
          />
          <OptionBadge option={option} />
        </label>
      ))}
    </fieldset>
  )
}
