import type { Conversation } from '@ai-crm/contracts'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ConversationRow } from './conversation-row.tsx'
import type { Folder } from './folders.ts'

/** Height of a row in CSS pixels (`h-18`). */
const ROW_PX = 72

interface ConversationListProps {
  conversations: readonly Conversation[]
  folder: Folder
  search: string | undefined
  activeId: string | undefined
  draftIds: ReadonlySet<string>
  nameOf: (userId: string) => string | null
  hasMore: boolean
  onEnd: () => void
}

/** Only the rows in sight are in the document, however long the list is. */
export function ConversationList({ conversations, folder, search, activeId, draftIds, nameOf, hasMore, onEnd }: ConversationListProps) {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: conversations.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => conversations[index]?.id ?? index,
    overscan: 8,
  })
  const rows = virtualizer.getVirtualItems()
  const lastShown = rows.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= conversations.length - 10) onEnd()
  }, [hasMore, lastShown, conversations.length, onEnd])

  const activeIndex = conversations.findIndex(({ id }) => id === activeId)
  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' })
  }, [activeIndex, virtualizer])

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto" tabIndex={-1}>
      <ul aria-label={t('inbox.list')} className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start, key }) => {
          const conversation = conversations[index]
          if (!conversation) return null
          return (
            <li
              key={key}
              aria-setsize={conversations.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <ConversationRow
                conversation={conversation}
                folder={folder}
                search={search}
                isActive={conversation.id === activeId}
                hasDraft={draftIds.has(conversation.id)}
                assigneeName={conversation.assigneeId ? nameOf(conversation.assigneeId) : null}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
