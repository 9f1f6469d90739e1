import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const notesQuery = infiniteQueryOptions({
  queryKey: ['ai', 'notes'],
  queryFn: ({ pageParam, signal }) => api.ai.listNotes({ query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
})
