import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { withRemoteImages } from './remote-images.ts'

const SENDING_MS = 2_000

/** Newest first, as the server lists them; the thread shows them the other way round. */
export const messagesQuery = (conversationId: string) =>
  infiniteQueryOptions({
    queryKey: ['messaging', 'messages', conversationId],
    queryFn: ({ pageParam, signal }) =>
      api.messaging.listMessages({ params: { conversationId }, query: { limit: 30, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Nobody is told that an attempt was put off: it waits again then, and can be taken back.
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some((message) => message.state === 'sending')) ? SENDING_MS : false),
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
