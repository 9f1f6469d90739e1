import { ProblemError } from '@ai-crm/contracts'
import { QueryCache, QueryClient, type Query } from '@tanstack/react-query'
import { isWorthRetrying } from './api/retrying.ts'

/** What is gone, or may not be seen any more, is not shown from memory either: rights may change while somebody looks. */
const forgetIfLost = (error: Error, query: Query<unknown, unknown, unknown>): void => {
  if (error instanceof ProblemError && [403, 404].includes(error.status) && query.state.data !== undefined) query.setState({ data: undefined })
}

/** Live updates say what changed, so data stays fresh until told otherwise; a focused window checks again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: forgetIfLost }),
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => failures < 2 && isWorthRetrying(error),
    },
  },
})

/** Meta of a query whose data another brings along: that one is fetched anew for both. */
export const BROUGHT_ALONG = { isBroughtAlong: true } as const

export const isFetchedByItself = ({ meta }: Query): boolean => meta?.['isBroughtAlong'] !== true
