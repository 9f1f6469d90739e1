import { isWithin, scopeOf, type RecordType } from '@ai-crm/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../api/api.ts'
import { reaches } from './reach.ts'
import { useCan, useMe } from './session-store.ts'

export const teamsQuery = queryOptions({
  queryKey: ['auth', 'teams'],
  queryFn: ({ signal }) => api.auth.listTeams({ signal }),
  staleTime: 60_000,
})

/** Whether the person's role reaches a record, by its owner, to change it or to act on it: hides what the server would refuse anyway. */
export function useWriteReach(record: RecordType): (ownerId: string | null) => boolean {
  const { user, scopes } = useMe()
  const [read, write] = [scopeOf(scopes, record, 'read'), scopeOf(scopes, record, 'write')]
  // Nobody changes what they cannot see, whatever the role says about changing.
  const scope = isWithin(write, read) ? write : read
  const canSeeTeams = useCan('auth.member.read')
  const teams = useQuery({ ...teamsQuery, enabled: scope === 'team' && canSeeTeams }).data?.items ?? null
  return (ownerId) => reaches(scope, ownerId, user.id, teams)
}

export const useMayWrite = (record: RecordType, ownerId: string | null): boolean => useWriteReach(record)(ownerId)
