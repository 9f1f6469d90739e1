import type { FlagKey, OrganizationFlag } from '@ai-crm/contracts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '../api/api.ts'

/** What is on for this organisation. The live connection makes it stale when a flag changes anywhere. */
export const flagsQuery = queryOptions({
  queryKey: ['auth', 'flags'],
  queryFn: ({ signal }) => api.auth.listFlags({ signal }),
  staleTime: 60_000,
})

/** The flag where it is known to be off, else null: nothing on screen waits for the answer. */
export function useSwitchedOff(key: FlagKey): OrganizationFlag | null {
  const flag = useQuery(flagsQuery).data?.items.find((each) => each.key === key)
  return flag && !flag.isOn ? flag : null
}
