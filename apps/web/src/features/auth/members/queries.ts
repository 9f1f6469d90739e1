import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const membersQuery = queryOptions({
  queryKey: ['auth', 'members'],
  queryFn: ({ signal }) => api.auth.listMembers({ signal }),
  staleTime: 5 * 60_000,
})

/** The name of a member, or null while it is not known. */
export function useMemberName(): (userId: string) => string | null {
  const { data } = useQuery(membersQuery)
  return (userId) => data?.items.find((member) => member.userId === userId)?.name ?? null
}
