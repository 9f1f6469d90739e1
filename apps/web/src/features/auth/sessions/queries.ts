import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const sessionsQuery = queryOptions({
  queryKey: ['auth', 'sessions'],
  queryFn: ({ signal }) => api.auth.listSessions({ signal }),
})
