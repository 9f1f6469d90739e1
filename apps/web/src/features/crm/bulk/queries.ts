import type { Operation, OperationPreview } from '@ai-crm/contracts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'
import { isStatus } from '../../../lib/api/explain.ts'
import { currentLiveStatus } from '../../../lib/live/live-store.ts'

/** How often one that runs is asked for: how far it is, and its end, are told live, where somebody can tell. */
const lookEveryMs = (): number => (currentLiveStatus() === 'live' ? 10_000 : 700)

export const isOver = ({ status }: Operation): boolean => status !== 'waiting' && status !== 'running'

/** Of a session that is over, or gone. Whatever else went wrong may be well the next time. */
const isOutOfReach = (error: Error | null): boolean => isStatus(error, 401, 404)

export const operationQuery = (operationId: string) =>
  queryOptions({
    queryKey: ['crm', 'operations', operationId],
    queryFn: ({ signal }) => api.crm.getOperation({ params: { operationId }, signal }),
    refetchInterval: ({ state }) => (isOutOfReach(state.error) || (state.data && isOver(state.data)) ? false : lookEveryMs()),
  })

/** My newest ones: those that still run are shown again after a reload. */
export const latestOperationsQuery = queryOptions({
  queryKey: ['crm', 'operations', 'latest'],
  queryFn: ({ signal }) => api.crm.listOperations({ query: { limit: 5 }, signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const skippedQuery = (operationId: string) =>
  infiniteQueryOptions({
    queryKey: ['crm', 'operations', operationId, 'skipped'],
    queryFn: ({ pageParam, signal }) =>
      api.crm.listOperationRecords({ params: { operationId }, query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

export interface Previewed {
  readonly key: readonly unknown[]
  readonly ask: (signal: AbortSignal) => Promise<OperationPreview>
}

/** What would happen; asked anew each time that it is shown. */
export const previewQuery = ({ key, ask }: Previewed) =>
  queryOptions({ queryKey: ['crm', 'operation-preview', ...key], queryFn: ({ signal }) => ask(signal), gcTime: 0, staleTime: 0, retry: false })
