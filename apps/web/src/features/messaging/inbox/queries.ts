import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import type { Folder } from './folders.ts'

export interface ConversationListSearch {
  folder: Folder
  search?: string | undefined
  contactId?: string | undefined
}

const given = ({ folder, search, contactId }: ConversationListSearch) => ({
  folder,
  ...(search ? { search } : {}),
  ...(contactId ? { contactId } : {}),
})

export const conversationsQuery = (search: ConversationListSearch) =>
  infiniteQueryOptions({
    queryKey: ['messaging', 'conversations', given(search)],
    queryFn: ({ pageParam, signal }) =>
      api.messaging.listConversations({ query: { ...given(search), limit: 40, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export const conversationCountsQuery = queryOptions({
  queryKey: ['messaging', 'counts'],
  queryFn: ({ signal }) => api.messaging.countConversations({ signal }),
})

export const conversationQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['messaging', 'conversation', conversationId],
    queryFn: ({ signal }) => api.messaging.getConversation({ params: { conversationId }, signal }),
  })
