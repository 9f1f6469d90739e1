import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import type { About } from '../records/about.ts'

export const notesQuery = (about: About) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'notes', about],
    queryFn: ({ pageParam, signal }) => api.crm.listRecordNotes({ query: { ...about, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** The newest notes in which I am mentioned. */
export const mentionsQuery = queryOptions({
  queryKey: ['crm', 'mentions'],
  queryFn: ({ signal }) => api.crm.listRecordNotes({ query: { mentioning: 'me', limit: 20 }, signal }),
})
