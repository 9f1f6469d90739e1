import type { Contact, UpdateContact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { useCan, useFieldRules } from '../../../lib/session/session-store.ts'
import { useMayWrite } from '../../../lib/session/use-may-write.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { AddressField } from '../addresses/address-field.tsx'
import { emailKind, phoneKind, telegramKind } from '../addresses/address-kinds.ts'
import { CustomField, CustomFields, type CustomFieldProps } from '../fields/custom-fields.tsx'
import { PersonFields } from '../person/person-fields.tsx'
import { InlineField } from '../records/inline-field.tsx'
import { OwnerField, type Colleague } from '../records/owner-field.tsx'
import { TagsField } from '../tags/tags-field.tsx'
import { CompanyField } from './company-field.tsx'
import { changeOf, fieldLimits, type ContactField } from './contact-fields.ts'
import { useUpdateContact } from './use-update-contact.ts'

/** Everything that is known about a contact, each field changeable in place; what the person's role hides is left out. */
export function ContactDetails({ contact, members }: { contact: Contact; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const rules = useFieldRules('contact')
  const isReached = useMayWrite('contact', contact.ownerId)
  const canUpdate = useCan('crm.contact.update') && isReached
  const update = useUpdateContact(contact)
  const tagging = useUpdateContact(contact)
  const isShown = (field: string) => rules[field] !== 'hidden'
  const mayChange = (field: string) => canUpdate && rules[field] !== 'read-only'
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-0.5">
        <TypedField contact={contact} field="name" canUpdate={canUpdate} />
        {isShown('email') && <AddressField kind={emailKind} contact={contact} addresses={contact.emails} canUpdate={mayChange('email')} />}
        {isShown('phone') && <AddressField kind={phoneKind} contact={contact} addresses={contact.phones} canUpdate={mayChange('phone')} />}
        {isShown('telegrams') && <AddressField kind={telegramKind} contact={contact} addresses={contact.telegrams} canUpdate={mayChange('telegrams')} />}
        {isShown('company') && <CompanyField contact={contact} canUpdate={mayChange('company')} />}
        {isShown('position') && <TypedField contact={contact} field="position" canUpdate={mayChange('position')} />}
        {isShown('note') && <TypedField contact={contact} field="note" canUpdate={mayChange('note')} />}
        <PersonFields contact={contact} canUpdate={canUpdate} />
        <TagsField tagIds={contact.tagIds} canUpdate={canUpdate} update={tagging} onChange={(tagIds) => tagging.mutate({ tagIds })} />
        <OwnerField ownerId={contact.ownerId} members={members} canUpdate={canUpdate} update={update} onChoose={(ownerId) => update.mutate({ ownerId })} />
        <CustomFields record="contact" values={contact.custom} canUpdate={canUpdate}>
          {(props) => <OwnField {...props} contact={contact} />}
        </CustomFields>
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

function OwnField({ contact, ...props }: CustomFieldProps & { contact: Contact }) {
  return <CustomField {...props} update={useUpdateContact(contact)} />
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
    />
  )
}
