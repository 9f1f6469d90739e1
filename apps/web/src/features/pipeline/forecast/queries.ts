import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const WEEK_MS = 7 * 86_400_000

export const weekAgo = () => new Date(Date.now() - WEEK_MS).toISOString().slice(0, 10)

export const forecastQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['pipeline', 'forecast', pipelineId],
    queryFn: ({ signal }) => api.pipeline.getForecast({ params: { pipelineId }, query: { months: 6, zone }, signal }),
  })

/** Against the forecast that was kept a week ago, or the first. */
export const forecastChangesQuery = (pipelineId: string) =>
  queryOptions({
    queryKey: ['pipeline', 'forecast-changes', pipelineId],
    queryFn: ({ signal }) => api.pipeline.getForecastChanges({ params: { pipelineId }, query: { since: weekAgo() }, signal }),
  })

/** What the deals are called, crm says, for a page at once; null: deleted, or not to be seen. */
export const changedDealsQuery = (pipelineId: string, part: string, currency: string, since: string) =>
  infiniteQueryOptions({
    queryKey: ['pipeline', 'forecast-deals', pipelineId, part, currency, since],
    queryFn: async ({ pageParam, signal }) => {
      const query = { since, part, currency, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }
      const { items, nextCursor } = await api.pipeline.listForecastDeals({ params: { pipelineId }, query, signal })
      const ids = items.map(({ dealId }) => dealId)
      const named = ids.length === 0 ? [] : (await api.crm.listDeals({ query: { ids: ids.join(','), limit: 20 }, signal })).items
      const titles = new Map(named.map(({ id, title }) => [id, title]))
      return { items: items.map((item) => ({ ...item, title: titles.get(item.dealId) ?? null })), nextCursor }
    },
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
