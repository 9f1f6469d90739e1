import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/api.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Live by `currency-rates.*`; another day brings other rates. */
export const todaysRatesQuery = queryOptions({
  queryKey: ['pipeline', 'currency-rates', 'today'],
  queryFn: ({ signal }) => api.pipeline.getTodaysRates({ query: { zone }, signal }),
  staleTime: 60 * 60_000,
})
