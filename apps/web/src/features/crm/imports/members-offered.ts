import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** Whose an imported contact can be. */
export const membersOffered = queryOptions({
  queryKey: ['auth', 'members', 'offered'],
  queryFn: async ({ signal }) => (await api.auth.listMembers({ signal })).items.map(({ userId, name }) => ({ id: userId, name })),
  staleTime: 5 * 60_000,
})
