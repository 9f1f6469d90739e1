import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { contactsQuery } from '../../features/crm/contacts/queries.ts'
import { partyName } from '../../features/messaging/inbox/party-name.ts'
import { conversationsQuery } from '../../features/messaging/inbox/queries.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { Avatar } from '../../ui/avatar.tsx'

const SHOWN = 5

interface RecordResultsProps {
  query: string
  itemClass: string
  groupClass: string
  /** The first result arrived: it is what Enter should open. */
  onFound: (itemValue: string) => void
  onDone: () => void
}

/** Contacts and conversations that match, found by the server: the palette's own filter must not hide them again. */
export function RecordResults({ query, itemClass, groupClass, onFound, onDone }: RecordResultsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const settled = useSettled(query, 180)
  const enabled = settled.length >= 2
  const contacts = useInfiniteQuery({ ...contactsQuery({ search: settled, sort: 'lastActivityAt' }), enabled, placeholderData: keepPreviousData })
  const conversations = useInfiniteQuery({ ...conversationsQuery({ folder: 'all', search: settled }), enabled, placeholderData: keepPreviousData })
  const foundContacts = contacts.data?.pages[0]?.items.slice(0, SHOWN) ?? []
  const foundConversations = conversations.data?.pages[0]?.items.slice(0, SHOWN) ?? []
  const firstContact = foundContacts[0]?.id
  const firstConversation = foundConversations[0]?.id
  const firstValue = firstContact ? `contact ${firstContact}` : firstConversation && `conversation ${firstConversation}`
  useEffect(() => {
    if (enabled && firstValue) onFound(firstValue)
  }, [enabled, firstValue, onFound])
  if (!enabled) return null
  const go = (open: () => void) => () => {
    onDone()
    open()
  }
  return (
    <>
      {foundContacts.length > 0 && (
        <Command.Group forceMount heading={t('palette.contacts')} className={groupClass}>
          {foundContacts.map(({ id, name, email }) => (
            <Command.Item
              key={id}
              forceMount
              value={`contact ${id}`}
              className={itemClass}
              onSelect={go(() => void navigate({ to: '/contacts/$contactId', params: { contactId: id } }))}
            >
              <Avatar name={name} seed={email ?? name} size="sm" />
              <span className="truncate">{name}</span>
              <span className="min-w-0 flex-1 truncate text-xs text-faint">{email}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
      {foundConversations.length > 0 && (
        <Command.Group forceMount heading={t('palette.conversations')} className={groupClass}>
          {foundConversations.map(({ id, subject, party }) => (
            <Command.Item
              key={id}
              forceMount
              value={`conversation ${id}`}
              className={itemClass}
              onSelect={go(() => void navigate({ to: '/inbox/$folder/$conversationId', params: { folder: 'all', conversationId: id } }))}
            >
              <Avatar name={partyName(party)} seed={party.address} size="sm" />
              <span className="truncate">{subject || t('inbox.noSubject')}</span>
              <span className="min-w-0 flex-1 truncate text-xs text-faint">{partyName(party)}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
      {(contacts.isFetching || conversations.isFetching) && (
        <Command.Loading className="px-2.5 py-2 text-xs text-faint">{t('palette.searching')}</Command.Loading>
      )}
    </>
  )
}
