import type { Message } from '@ai-crm/contracts'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { SCAN_SOON_MS } from '../../../ui/scan-badge.tsx'
import { withRemoteImages } from './remote-images.ts'

const SENDING_MS = 2_000

/** Nobody is told that an attempt was put off (it waits again then, and can be taken back), nor that a file was looked at. */
function askAgainIn(messages: readonly Message[]): number | false {
  if (messages.some(({ state }) => state === 'sending')) return SENDING_MS
  return messages.some(({ attachments }) => attachments.some(({ scan }) => scan?.state === 'waiting')) && SCAN_SOON_MS
}

/** Newest first, as the server lists them; the thread shows them the other way round. */
export const messagesQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: ['messaging', 'messages', conversationId],
    queryFn: ({ pageParam, signal }) =>
      api.messaging.listMessages({ params: { conversationId }, query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => askAgainIn(state.data?.pages.flatMap(({ items }) => items) ?? []),
  })

export const messageHtmlQuery = (messageId: string, remoteImages: 'block' | 'show') =>
  queryOptions({
    queryKey: ['messaging', 'html', messageId, remoteImages],
    queryFn: async ({ signal }) => {
      const safe = await api.messaging.getMessageHtml({ params: { messageId }, query: { remoteImages }, signal })
      return remoteImages === 'show' ? { ...safe, html: await withRemoteImages(messageId, safe.html, signal) } : safe
    },
    // The mail stays as it is until its images are there.
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
