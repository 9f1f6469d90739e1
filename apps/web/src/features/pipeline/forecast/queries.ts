import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const WEEK_MS = 7 * 86_400_000

export const forecastQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['pipeline', 'forecast', pipelineId],
    queryFn: ({ signal }) => api.pipeline.getForecast({ params: { pipelineId }, query: { months: 6, zone }, signal }),
  })

/** Against the forecast that was kept a week ago, or the first. */
export const forecastChangesQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['pipeline', 'forecast-changes', pipelineId],
    queryFn: ({ signal }) =>
      api.pipeline.getForecastChanges({ params: { pipelineId }, query: { since: new Date(Date.now() - WEEK_MS).toISOString().slice(0, 10) }, signal }),
  })
