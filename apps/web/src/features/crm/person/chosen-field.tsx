import type { Contact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain, explainField } from '../../../lib/api/explain.ts'
import { Choice } from '../../../ui/field.tsx'
import { useUpdateContact } from '../contacts/use-update-contact.ts'
import { optionLabel } from '../lists/offered-fields.ts'
import { FieldRow } from '../records/field-row.tsx'

interface ChosenFieldProps {
  contact: Contact
  field: 'preferredChannel' | 'language'
  options: readonly string[]
  canUpdate: boolean
}

/** A field of one of several values, which counts as soon as it is chosen. */
export function ChosenField({ contact, field, options, canUpdate }: ChosenFieldProps) {
  const { t, i18n } = useTranslation()
  const update = useUpdateContact(contact)
  const value = contact[field]
  const label = t(`lists.fields.${field}`)
  const nameOf = (option: string) => optionLabel(t, { key: field, kind: 'select' }, option)
  const all = value === null || options.includes(value) ? options : [value, ...options]
  const named = all.map((option) => ({ value: option, label: nameOf(option) }))
  if (field === 'language') named.sort((a, b) => a.label.localeCompare(b.label, i18n.language))
  const problem = update.error && (explainField(update.error, field, t) ?? explain(update.error, t))
  return (
    <FieldRow label={label} problem={problem}>
      {canUpdate ? (
        <Choice
          isLabelHidden
          label={label}
          isQuiet
          value={value ?? ''}
          options={[{ value: '', label: '—' }, ...named]}
          disabled={update.isPending}
          onChange={(next) => update.mutate({ [field]: next || null })}
        />
      ) : (
        <p className="px-1 py-1">{value === null ? '—' : nameOf(value)}</p>
      )}
    </FieldRow>
  )
}
