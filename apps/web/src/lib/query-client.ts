import { QueryClient, type Query } from '@tanstack/react-query'
import { isWorthRetrying } from './api/retrying.ts'

/** Live updates say what changed, so data stays fresh until told otherwise; a focused window checks again. */
export const queryClient = new QueryClient({
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
