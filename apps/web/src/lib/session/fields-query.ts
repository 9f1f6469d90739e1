import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/api.ts'

/** Custom fields of all kinds of records, in their order; live by `field.*`. Records show them, roles rule them. */
export const fieldsQuery = queryOptions({
  queryKey: ['crm', 'fields', 'living'],
  queryFn: ({ signal }) => api.crm.listFields({ query: {}, signal }),
  staleTime: 5 * 60_000,
})
