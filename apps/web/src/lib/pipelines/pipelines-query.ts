import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/api.ts'

/** The ways that deals go, with their stages and rules; live by `pipeline.*`. Every feature that shows a deal names its stage. */
export const pipelinesQuery = queryOptions({
  queryKey: ['pipeline', 'pipelines'],
  queryFn: ({ signal }) => api.pipeline.listPipelines({ signal }),
  staleTime: 5 * 60_000,
})
