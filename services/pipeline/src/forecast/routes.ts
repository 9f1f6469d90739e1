import { forecastEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { getForecastChanges } from './get-changes.ts'
import { getForecast } from './get-forecast.ts'
import { listChangedDeals } from './list-changed-deals.ts'

export const forecastRoutes = [
  pipeline.handle(forecastEndpoints.getForecast, (ctx, { params, query }) => getForecast(ctx, params.pipelineId, query)),
  pipeline.handle(forecastEndpoints.getForecastChanges, (ctx, { params, query }) => getForecastChanges(ctx, params.pipelineId, query.since)),
  pipeline.handle(forecastEndpoints.listForecastDeals, (ctx, { params, query }) => listChangedDeals(ctx, params.pipelineId, query)),
]
