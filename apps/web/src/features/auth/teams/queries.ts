import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const teamsQuery = queryOptions({
  queryKey: ['auth', 'teams'],
  queryFn: ({ signal }) => api.auth.listTeams({ signal }),
  staleTime: 60_000,
})
