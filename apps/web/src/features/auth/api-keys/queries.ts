import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const apiKeysQuery = queryOptions({
  queryKey: ['auth', 'api-keys'],
  queryFn: ({ signal }) => api.auth.listApiKeys({ signal }),
})
