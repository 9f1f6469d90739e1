import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Skeleton } from '../../../ui/states.tsx'
import { Time } from '../../../ui/time.tsx'
import { conversationsQuery } from './queries.ts'

/** The conversations of one contact, newest first. */
export function ContactConversations({ contactId }: { contactId: string }) {
  const { t } = useTranslation()
  const { data } = useInfiniteQuery(conversationsQuery({ folder: 'all', contactId }))
  if (!data) return <Skeleton className="h-12 w-full" />
  const conversations = data.pages.flatMap(({ items }) => items)
  if (conversations.length === 0) return <p className="text-faint">{t('contacts.noConversations')}</p>
  return (
    <ul className="-mx-2 flex flex-col">
      {conversations.map((conversation) => (
        <li key={conversation.id}>
          <Link
            to="/inbox/$folder/$conversationId"
            params={{ folder: 'all', conversationId: conversation.id }}
            className="flex flex-col rounded-lg px-2 py-1.5 hover:bg-hover"
          >
            <span className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{conversation.subject || t('inbox.noSubject')}</span>
              <Time at={conversation.lastMessageAt} className="text-2xs text-faint" />
            </span>
            <span className="truncate text-xs text-muted">{conversation.snippet}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
