import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const organizationQuery = queryOptions({
  queryKey: ['auth', 'organization'],
  queryFn: ({ signal }) => api.auth.getOrganization({ signal }),
})

export const organizationsQuery = queryOptions({
  queryKey: ['auth', 'organizations'],
  queryFn: ({ signal }) => api.auth.listOrganizations({ signal }),
  staleTime: 60_000,
})
