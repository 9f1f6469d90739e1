import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** Newest first, as the server lists them; the thread shows them the other way round. */
export const messagesQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: ['messaging', 'messages', conversationId],
    queryFn: ({ pageParam, signal }) =>
      api.messaging.listMessages({ params: { conversationId }, query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const messageHtmlQuery = (messageId: string, remoteImages: 'block' | 'show') =>
  queryOptions({
    queryKey: ['messaging', 'html', messageId, remoteImages],
    queryFn: ({ signal }) => api.messaging.getMessageHtml({ params: { messageId }, query: { remoteImages }, signal }),
    staleTime: Infinity,
  })
