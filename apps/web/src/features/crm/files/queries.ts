import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { SCAN_SOON_MS } from '../../../ui/scan-badge.tsx'
import type { About } from '../records/about.ts'

export const filesQuery = (about: About) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'files', about],
    queryFn: ({ pageParam, signal }) => api.crm.listRecordFiles({ query: { ...about, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) => (state.data?.pages.some(({ items }) => items.some(({ scan }) => scan?.state === 'waiting')) ? SCAN_SOON_MS : false),
  })
