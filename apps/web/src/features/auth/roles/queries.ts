import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const rolesQuery = queryOptions({
  queryKey: ['auth', 'roles'],
  queryFn: ({ signal }) => api.auth.listRoles({ signal }),
  staleTime: 60_000,
})

export const permissionsQuery = queryOptions({
  queryKey: ['auth', 'permissions'],
  queryFn: ({ signal }) => api.auth.listPermissions({ signal }),
  staleTime: Infinity,
})
