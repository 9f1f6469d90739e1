import type { Contact } from '@ai-crm/contracts'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DealsSection } from '../deals/deals-section.tsx'
import { ConsentWarning } from '../person/consent-warning.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { TasksSection } from '../tasks/tasks-section.tsx'
import { ContactDetails } from './contact-details.tsx'

interface ContactBodyProps {
  contact: Contact
  members: readonly Colleague[]
  /** Of another feature. */
  conversations?: ReactNode
}

/** What stands left on a contact's page, and above their story in the panels. */
export function ContactBody({ contact, members, conversations }: ContactBodyProps) {
  const { t } = useTranslation()
  const contactId = contact.id
  return (
    <>
      <ConsentWarning contact={contact} />
      <section className="flex flex-col gap-3">
        <h2 className="text-xs font-medium text-faint">{t('records.details')}</h2>
        <ContactDetails key={contactId} contact={contact} members={members} />
      </section>
      <TasksSection about={{ contactId }} members={members} />
      <DealsSection whose={{ contactId }} />
      {conversations && (
        <section className="flex flex-col gap-3">
          <h2 className="text-xs font-medium text-faint">{t('contacts.conversations')}</h2>
          {conversations}
        </section>
      )}
    </>
  )
}
