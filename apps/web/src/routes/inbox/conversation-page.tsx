import type { Conversation } from '@ai-crm/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { DraftPanel } from '../../features/ai/drafts/draft-panel.tsx'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { SenderPanel } from '../../features/crm/contacts/sender-panel.tsx'
import { folderOr } from '../../features/messaging/inbox/folders.ts'
import { conversationQuery, conversationsQuery } from '../../features/messaging/inbox/queries.ts'
import { useConversationActions } from '../../features/messaging/inbox/use-conversation-actions.ts'
import { useMarkRead, useReadWhileOpen } from '../../features/messaging/inbox/use-mark-read.ts'
import { ConversationHeader } from '../../features/messaging/thread/conversation-header.tsx'
import { Thread } from '../../features/messaging/thread/thread.tsx'
import { useCan } from '../../lib/session/session-store.ts'
import { useMayWrite } from '../../lib/session/use-may-write.ts'
import { ProblemPage } from '../../ui/problem.tsx'
import { PagePending } from '../page-states.tsx'
import { SidePanel } from './side-panel.tsx'
import { ReplyDock } from './reply-dock.tsx'
import { useReply } from './use-reply.ts'
import { useContactPanel } from './use-contact-panel.ts'

function OpenConversation({ conversation }: { conversation: Conversation }) {
  const navigate = useNavigate()
  const folder = folderOr(useParams({ strict: false }).folder ?? '', 'open')
  const { q } = useSearch({ from: '/app/inbox/$folder' })
  const panel = useContactPanel()
  const members = useQuery(membersQuery).data?.items ?? []
  const nameOf = useMemberName()
  const actions = useConversationActions(conversation)
  const { mutate: markRead } = useMarkRead()
  const neighbours = useInfiniteQuery(conversationsQuery({ folder, search: q })).data?.pages.flatMap(({ items }) => items) ?? []
  const reply = useReply(conversation.id)
  const canReadDrafts = useCan('ai.draft.read')
  const isLocked = !useMayWrite('conversation', conversation.assigneeId)
  useReadWhileOpen(conversation)

  const search = q ? { q } : {}
  const back = () => void navigate({ to: '/inbox/$folder', params: { folder }, search })
  /** Done leads to the next one: a morning's mail is worked through with one key. */
  const done = () => {
    const index = neighbours.findIndex(({ id }) => id === conversation.id)
    const next = neighbours[index + 1] ?? neighbours[index - 1]
    actions.close()
    if (next && folder !== 'all') void navigate({ to: '/inbox/$folder/$conversationId', params: { folder, conversationId: next.id }, search })
    else back()
  }

  return (
    <>
      <div className="flex min-w-0 flex-1 flex-col">
        <ConversationHeader
          conversation={conversation}
          actions={actions}
          isLocked={isLocked}
          members={members}
          isPanelOpen={panel.isOpen}
          onTogglePanel={panel.toggle}
          onMarkUnread={() => markRead({ id: conversation.id, isRead: false })}
          onBack={back}
          onDone={done}
        />
        <Thread conversationId={conversation.id} isLocked={isLocked} nameOf={nameOf}>
          {canReadDrafts && <DraftPanel conversation={conversation} isLocked={isLocked} isFolded={reply.isOpen} onUnfold={reply.close} onUse={reply.take} />}
        </Thread>
        <ReplyDock conversation={conversation} isLocked={isLocked} reply={reply} />
      </div>
      <SidePanel isWide={panel.isWide} isOpen={panel.isOpen} onClose={panel.close}>
        <SenderPanel contactId={conversation.contactId} party={conversation.party} nameOf={nameOf} members={members} />
      </SidePanel>
    </>
  )
}

export function ConversationPage() {
  const { conversationId } = useParams({ from: '/app/inbox/$folder/$conversationId' })
  const { data, error, refetch } = useQuery(conversationQuery(conversationId))
  if (error && !data) return <ProblemPage error={error} onRetry={() => void refetch()} />
  if (!data)
    return (
      <div className="flex-1">
        <PagePending />
      </div>
    )
  return <OpenConversation key={conversationId} conversation={data} />
}
