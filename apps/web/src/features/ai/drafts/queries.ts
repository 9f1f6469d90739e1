import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** The newest drafts of a conversation; more than a few nobody looks at here. */
export const draftsQuery = (conversationId: string) =>
  queryOptions({
    queryKey: ['ai', 'drafts', conversationId],
    queryFn: ({ signal }) => api.ai.listDrafts({ query: { conversationId, limit: 5 }, signal }),
  })

/** For the marks in the list of conversations. */
export const waitingDraftsQuery = queryOptions({
  queryKey: ['ai', 'drafts', 'waiting'],
  queryFn: ({ signal }) => api.ai.listDrafts({ query: { status: 'waiting', limit: 100 }, signal }),
})

/** The text of a draft while it is being written. Filled by the live connection, never fetched. */
export const draftProgressQuery = (draftId: string) =>
  queryOptions<string>({ queryKey: ['ai', 'draft-progress', draftId], queryFn: () => '', enabled: false, staleTime: Infinity, initialData: '' })
