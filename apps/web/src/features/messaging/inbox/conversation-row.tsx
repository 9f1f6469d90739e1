import type { Conversation } from '@ai-crm/contracts'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { AlarmClock, CornerUpLeft, Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '../../../ui/avatar.tsx'
import { Time } from '../../../ui/time.tsx'
import { Tooltip } from '../../../ui/tooltip.tsx'
import type { Folder } from './folders.ts'
import { partyName } from './party-name.ts'

interface ConversationRowProps {
  conversation: Conversation
  folder: Folder
  search: string | undefined
  isActive: boolean
  hasDraft: boolean
  assigneeName: string | null
}

function Marks({ conversation, hasDraft, assigneeName }: Pick<ConversationRowProps, 'conversation' | 'hasDraft' | 'assigneeName'>) {
  const { t } = useTranslation()
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      {hasDraft && (
        <span className="inline-flex items-center gap-1 text-2xs font-medium text-ai" data-mark="draft">
          <Sparkles aria-hidden className="size-3" />
          <span className="sr-only 2xl:not-sr-only">{t('inbox.draftWaiting')}</span>
        </span>
      )}
      {conversation.status === 'snoozed' && <AlarmClock aria-label={t('thread.status.snoozed')} className="size-3.5 text-faint" />}
      {assigneeName && (
        <Tooltip text={t('inbox.assignedTo', { name: assigneeName })}>
          <span>
            <Avatar name={assigneeName} size="sm" />
            <span className="sr-only">{t('inbox.assignedTo', { name: assigneeName })}</span>
          </span>
        </Tooltip>
      )}
    </span>
  )
}

export function ConversationRow({ conversation, folder, search, isActive, hasDraft, assigneeName }: ConversationRowProps) {
  const { t } = useTranslation()
  const name = partyName(conversation.party)
  return (
    <Link
      to="/inbox/$folder/$conversationId"
      params={{ folder, conversationId: conversation.id }}
      search={search ? { q: search } : {}}
      aria-current={isActive ? 'true' : undefined}
      className={clsx(
        'relative flex h-18 items-start gap-3 border-b border-line px-3.5 py-2.5 transition-colors',
        isActive ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      {conversation.isUnread && <span aria-hidden className="absolute top-5 left-1 size-1.5 rounded-full bg-accent" />}
      <Avatar name={name} seed={conversation.party.address} />
      <span className="flex min-w-0 flex-1 flex-col gap-px">
        <span className="flex items-baseline gap-2">
          <span className={clsx('min-w-0 flex-1 truncate', conversation.isUnread && 'font-semibold')}>
            {conversation.isUnread && <span className="sr-only">{t('inbox.unread')}: </span>}
            {name}
          </span>
          <Time
            at={conversation.lastMessageAt}
            className={clsx('shrink-0 text-2xs tabular-nums', conversation.isUnread ? 'font-medium text-accent-text' : 'text-faint')}
          />
        </span>
        <span className={clsx('truncate text-xs', conversation.isUnread ? 'font-medium text-ink' : 'text-muted')}>
          {conversation.subject || t('inbox.noSubject')}
        </span>
        <span className="flex items-center gap-2">
          <span className="flex min-w-0 flex-1 items-center gap-1 text-xs text-faint">
            {conversation.lastDirection === 'outbound' && <CornerUpLeft aria-label={t('inbox.you')} className="size-3 shrink-0" />}
            <span className="truncate">{conversation.snippet}</span>
          </span>
          <Marks conversation={conversation} hasDraft={hasDraft} assigneeName={assigneeName} />
        </span>
      </span>
    </Link>
  )
}
