import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const factorsQuery = queryOptions({
  queryKey: ['auth', 'factors'],
  queryFn: ({ signal }) => api.auth.getFactors({ signal }),
  staleTime: 30_000,
})
