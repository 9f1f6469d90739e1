import { Consent, type Contact, type UpdateContact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { explain, explainField } from '../../../lib/api/explain.ts'
import { Choice } from '../../../ui/field.tsx'
import { useUpdateContact } from '../contacts/use-update-contact.ts'
import { DayField } from '../records/day-field.tsx'
import { FieldRow } from '../records/field-row.tsx'
import { InlineField } from '../records/inline-field.tsx'

interface ConsentProps {
  contact: Contact
  canUpdate: boolean
}

/** Whether somebody lets themselves be written to, since when, and how they said so. */
export function ConsentField({ contact, canUpdate }: ConsentProps) {
  const { t } = useTranslation()
  const update = useUpdateContact(contact)
  const label = t('lists.fields.consent')
  const { consent } = contact
  return (
    <>
      <FieldRow label={label} problem={update.error && explain(update.error, t)}>
        {canUpdate ? (
          <Choice
            isLabelHidden
            label={label}
            isQuiet
            value={consent ?? ''}
            options={[{ value: '', label: t('person.consents.unknown') }, ...Consent.options.map((value) => ({ value, label: t(`person.consents.${value}`) }))]}
            disabled={update.isPending}
            onChange={(next) => update.mutate({ consent: Consent.safeParse(next).data ?? null, ...(next ? { consentOn: today() } : {}) })}
          />
        ) : (
          <p className="px-1 py-1">{t(`person.consents.${consent ?? 'unknown'}`)}</p>
        )}
      </FieldRow>
      {consent !== null && (
        <>
          <SinceField contact={contact} canUpdate={canUpdate} />
          <TextOf contact={contact} canUpdate={canUpdate} field="consentSource" />
          <TextOf contact={contact} canUpdate={canUpdate} field="consentNote" />
        </>
      )}
    </>
  )
}

/** Of the reader: it may be another day at the server. */
const today = (): string => new Date().toLocaleDateString('sv')

function SinceField({ contact, canUpdate }: ConsentProps) {
  const { t } = useTranslation()
  const update = useUpdateContact(contact)
  return (
    <DayField
      label={t('person.since')}
      inputLabel={t('lists.fields.consentOn')}
      day={contact.consentOn}
      max={today()}
      canUpdate={canUpdate}
      isBusy={update.isPending}
      problem={update.error && (explainField(update.error, 'consentOn', t) ?? explain(update.error, t))}
      onSave={(consentOn) => consentOn !== null && update.mutate({ consentOn })}
    />
  )
}

function TextOf({ contact, canUpdate, field }: ConsentProps & { field: 'consentSource' | 'consentNote' }) {
  const { t } = useTranslation()
  const update = useUpdateContact(contact)
  return (
    <InlineField<UpdateContact>
      label={t(`person.${field}`)}
      value={contact[field]}
      maxLength={field === 'consentNote' ? 1000 : 200}
      isMultiline={field === 'consentNote'}
      canUpdate={canUpdate}
      changeOf={(typed) => ((typed.trim() || null) === contact[field] ? null : { [field]: typed.trim() || null })}
      update={update}
      field={field}
    />
  )
}
