import type { Contact } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { useFieldRules } from '../../../lib/session/session-store.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Time } from '../../../ui/time.tsx'
import { CONTACT_FIELDS } from './contact-fields.ts'
import { InlineField } from './inline-field.tsx'
import { OwnerField, type Colleague } from './owner-field.tsx'

/** Everything that is known about a contact, each field changeable in place; what the person's role hides is left out. */
export function ContactDetails({ contact, members }: { contact: Contact; members: readonly Colleague[] }) {
  const { t } = useTranslation()
  const rules = useFieldRules('contact')
  return (
    <div className="flex flex-col gap-3">
      <dl className="flex flex-col gap-0.5">
        {CONTACT_FIELDS.filter((field) => rules[field] !== 'hidden').map((field) => (
          <InlineField key={field} contact={contact} field={field} isLocked={rules[field] === 'read-only'} />
        ))}
        <OwnerField contact={contact} members={members} />
      </dl>
      <p className="flex flex-wrap items-center gap-2 text-xs text-faint">
        <Badge>{t(`contacts.source.${contact.source}`)}</Badge>
        <span>
          {t('contacts.created')} <Time at={contact.createdAt} form="relative" />
        </span>
      </p>
    </div>
  )
}
