import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const channelsQuery = queryOptions({
  queryKey: ['messaging', 'channels'],
  queryFn: ({ signal }) => api.messaging.listChannels({ signal }),
  staleTime: 60_000,
})
