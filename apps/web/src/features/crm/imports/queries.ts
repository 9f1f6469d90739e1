import type { Import } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** Something happens that nobody has to press a button for. */
export const isBusy = ({ state, operation }: Import): boolean =>
  state === 'analysing' || state === 'checking' || operation?.status === 'waiting' || operation?.status === 'running'

const SOON_MS = 1_000

export const importsQuery = queryOptions({
  queryKey: ['crm', 'imports'],
  queryFn: ({ signal }) => api.crm.listImports({ query: { limit: 20 }, signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(isBusy) ? SOON_MS : false),
})

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['crm', 'import', importId],
    queryFn: ({ signal }) => api.crm.getImport({ params: { importId }, signal }),
    refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? SOON_MS : false),
  })

export const revertQuery = (operationId: string) =>
  queryOptions({
    queryKey: ['crm', 'operation', operationId],
    queryFn: ({ signal }) => api.crm.getOperation({ params: { operationId }, signal }),
    refetchInterval: ({ state }) => (state.data && ['done', 'failed', 'cancelled'].includes(state.data.status) ? false : SOON_MS),
  })
