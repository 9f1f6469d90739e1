import type { Conversation } from '@ai-crm/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../../lib/api/api.ts'
import { patchCachedConversation } from './cached-conversations.ts'

/** Remembers what this person has seen. Marking the open conversation unread holds until it is opened again. */
export function useMarkRead() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, isRead }: { id: string; isRead: boolean }) => api.messaging.markConversationRead({ params: { conversationId: id }, body: { isRead } }),
    onMutate: ({ id, isRead }) => patchCachedConversation(cache, id, { isUnread: !isRead }),
    // A list that was fetched meanwhile still says unread: ask again, so that the mark does not come back.
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['messaging', 'counts'] })
      void cache.invalidateQueries({ queryKey: ['messaging', 'conversations'] })
    },
  })
}

/** An open conversation is read, also what arrives while it is open and the tab is in sight. */
export function useReadWhileOpen({ id, lastInboundMessageId, isUnread }: Conversation): void {
  const { mutate } = useMarkRead()
  useEffect(() => {
    if (isUnread && document.visibilityState === 'visible') mutate({ id, isRead: true })
    // Not on isUnread: "mark as unread" on the open conversation must not be undone at once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, lastInboundMessageId, mutate])
}
