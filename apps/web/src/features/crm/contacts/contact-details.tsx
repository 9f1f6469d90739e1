import type { Contact, UpdateContact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { useCan, useFieldRules } from '../../../lib/session/session-store.ts'
import { useMayWrite } from '../../../lib/session/use-may-write.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { InlineField } from '../records/inline-field.tsx'
import { OwnerField, type Colleague } from '../records/owner-field.tsx'
import { CompanyField } from './company-field.tsx'
import { CONTACT_FIELDS, changeOf, fieldLimits, type ContactField } from './contact-fields.ts'
import { useUpdateContact } from './use-update-contact.ts'

/** Everything that is known about a contact, each field changeable in place; what the person's role hides is left out. */
export function ContactDetails({ contact, members }: { contact: Contact; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const rules = useFieldRules('contact')
  const isReached = useMayWrite('contact', contact.ownerId)
  const canUpdate = useCan('crm.contact.update') && isReached
  const update = useUpdateContact(contact)
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-0.5">
        {CONTACT_FIELDS.filter((field) => rules[field] !== 'hidden').map((field) => {
          const mayChange = canUpdate && rules[field] !== 'read-only'
          if (field === 'company') return <CompanyField key={field} contact={contact} canUpdate={mayChange} />
          return <TypedField key={field} contact={contact} field={field} canUpdate={mayChange} />
        })}
        <OwnerField ownerId={contact.ownerId} members={members} canUpdate={canUpdate} update={update} onChoose={(ownerId) => update.mutate({ ownerId })} />
      </dl>
      {!isReached && <p className="text-xs text-muted">{t('records.locked')}</p>}
      <p className="flex flex-wrap items-center gap-2 text-xs text-faint">
        <Badge>{t(`contacts.source.${contact.source}`)}</Badge>
        <span>
          {t('contacts.created')} <Time at={contact.createdAt} form="relative" />
        </span>
      </p>
    </div>
  )
}

function TypedField({ contact, field, canUpdate }: { contact: Contact; field: ContactField; canUpdate: boolean }) {
  const { t } = useTranslation()
  const update = useUpdateContact(contact)
  return (
    <InlineField<UpdateContact>
      label={t(`contacts.${field}`)}
      value={contact[field]}
      maxLength={fieldLimits[field]}
      isMultiline={field === 'note'}
      canUpdate={canUpdate}
      changeOf={(typed) => changeOf(contact, field, typed)}
      update={update}
      field={field}
      ownConflicts={['crm.contact.email_taken']}
    />
  )
}
