import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const localMailQuery = infiniteQueryOptions({
  queryKey: ['messaging', 'local-mailbox'],
  queryFn: ({ pageParam, signal }) => api.messaging.listLocalMail({ query: { limit: 25, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
})
