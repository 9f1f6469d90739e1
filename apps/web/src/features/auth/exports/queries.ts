import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** How far it is changes while one looks; that it has ended is told live, too. */
const LOOK_EVERY_MS = 1_000

export const exportsQuery = queryOptions({
  queryKey: ['auth', 'exports'],
  queryFn: ({ signal }) => api.auth.listExports({ signal }),
  refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'running') ? LOOK_EVERY_MS : false),
})
