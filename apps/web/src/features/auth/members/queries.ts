import { useQuery } from '@tanstack/react-query'
import { membersQuery } from '../../../lib/session/members-query.ts'

export { membersQuery }

/** The name of a member, or null while it is not known. */
export function useMemberName(): (userId: string) => string | null {
  const { data } = useQuery(membersQuery)
  return (userId) => data?.items.find((member) => member.userId === userId)?.name ?? null
}
