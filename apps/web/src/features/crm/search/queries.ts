import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** What is found when nobody says where to look: a few records of each kind, the best first. */
export const recordSearchQuery = (query: string) =>
  queryOptions({
    queryKey: ['crm', 'search', query],
    // Opened anew, the palette asks anew.
    staleTime: 0,
    queryFn: ({ signal }) => api.crm.searchRecords({ query: { query, limit: 5 }, signal }),
  })
