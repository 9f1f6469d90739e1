import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const aiSettingsQuery = queryOptions({
  queryKey: ['ai', 'settings'],
  queryFn: ({ signal }) => api.ai.getAiSettings({ signal }),
})
