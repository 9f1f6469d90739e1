import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/api.ts'

/** Who belongs to the organisation: every feature names people. */
export const membersQuery = queryOptions({
  queryKey: ['auth', 'members'],
  queryFn: ({ signal }) => api.auth.listMembers({ signal }),
  staleTime: 5 * 60_000,
})
