import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

export const currencyRatesQuery = queryOptions({
  queryKey: ['pipeline', 'currency-rates'],
  queryFn: ({ signal }) => api.pipeline.getCurrencyRates({ signal }),
})
