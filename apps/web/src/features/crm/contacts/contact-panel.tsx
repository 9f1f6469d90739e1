import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { RecordPanel, type PanelProps } from '../records/record-panel.tsx'
import { Story } from '../records/story.tsx'
import { ContactBody } from './contact-body.tsx'
import { contactQuery, timelineQuery } from './queries.ts'

/** A contact beside the list. */
export function ContactPanel({ id: contactId, members, nameOf, onClose, onMerged, conversations }: PanelProps & { conversations: ReactNode }) {
  const { t } = useTranslation()
  const { data: contact, error, refetch, isFetching } = useQuery(contactQuery(contactId))
  return (
    <RecordPanel
      name={contact?.name}
      kind={t('contacts.one')}
      page={{ to: '/contacts/$contactId', params: { contactId } }}
      mark={contact && <Avatar name={contact.name} seed={contact.email ?? contact.name} />}
      {...{ error, isFetching, onClose, onMerged }}
      onRetry={() => void refetch()}
    >
      {contact && (
        <>
          <ContactBody contact={contact} members={members} conversations={conversations} />
          <Story about={{ contactId }} timeline={timelineQuery(contactId)} {...{ members, nameOf }} />
        </>
      )}
    </RecordPanel>
  )
}
