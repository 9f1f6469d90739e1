import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const PERIODS = { week: 7, month: 30, year: 365 } as const
export type Period = keyof typeof PERIODS

const DAY_MS = 86_400_000

/** What is shown. Without `thing` and `userId` it is everything of everybody. */
export interface LogFilters {
  readonly period: Period
  readonly thing: string
  readonly userId: string
}

/** Until tomorrow, so that a query keeps its key while the day does. */
export function rangeOf({ period, thing, userId }: LogFilters) {
  const to = new Date(Math.ceil(Date.now() / DAY_MS) * DAY_MS)
  const from = new Date(to.getTime() - PERIODS[period] * DAY_MS)
  return { from: from.toISOString(), to: to.toISOString(), ...(thing === '' ? {} : { thing }), ...(userId === '' ? {} : { userId }) }
}

export const securityLogQuery = (filters: LogFilters) =>
  infiniteQueryOptions({
    queryKey: ['auth', 'security-log', filters],
    queryFn: ({ pageParam, signal }) =>
      api.auth.listSecurityEvents({ query: { ...rangeOf(filters), limit: 50, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })

/** Walks the whole chain on the server: not again before a minute has passed. */
export const verdictQuery = queryOptions({
  queryKey: ['auth', 'security-log-verdict'],
  queryFn: ({ signal }) => api.auth.verifySecurityLog({ signal }),
  staleTime: 60_000,
})
