import type { Locale } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** Pipelines to begin with, in the reader's language. */
export const templatesQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['pipeline', 'templates', locale],
    queryFn: ({ signal }) => api.pipeline.listPipelineTemplates({ query: { locale }, signal }),
    staleTime: Infinity,
  })

/** How many deals stand in each stage of a pipeline; also in those that are being emptied. Live as the board is. */
export const standingQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['crm', 'deals', 'standing', pipelineId],
    queryFn: async ({ signal }) => {
      const { columns } = await api.crm.getBoard({ query: { pipelineId, limit: 1 }, signal })
      return new Map(columns.map(({ stage, totals }) => [stage, totals.count]))
    },
  })
