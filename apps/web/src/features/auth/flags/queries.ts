import type { FlagKey, OrganizationFlag } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { publicApi } from '../../../lib/session/refresh.ts'

/** What is on for this organisation. The live connection makes it stale when a flag changes anywhere. */
export const flagsQuery = queryOptions({
  queryKey: ['auth', 'flags'],
  queryFn: ({ signal }) => api.auth.listFlags({ signal }),
  staleTime: 60_000,
})

export const installationFlagsQuery = queryOptions({
  queryKey: ['auth', 'flags', 'installation'],
  queryFn: ({ signal }) => api.auth.listInstallationFlags({ signal }),
})

export const flagChangesQuery = infiniteQueryOptions({
  queryKey: ['auth', 'flags', 'changes'],
  queryFn: ({ pageParam, signal }) => api.auth.listFlagChanges({ query: { limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }) => nextCursor,
})

export const signUpStateQuery = queryOptions({
  queryKey: ['auth', 'sign-up-state'],
  queryFn: ({ signal }) => publicApi.auth.getSignUpState({ signal }),
  refetchInterval: 15_000,
})

/** The flag where it is known to be off, else null: nothing on screen waits for the answer. */
export function useSwitchedOff(key: FlagKey): OrganizationFlag | null {
  const flag = useQuery(flagsQuery).data?.items.find((each) => each.key === key)
  return flag && !flag.isOn ? flag : null
}
