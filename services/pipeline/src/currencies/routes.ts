import { forecastEndpoints } from '@ai-crm/contracts'
import { pipeline } from '../ctx.ts'
import { getCurrencyRates } from './currency-rates.ts'
import { getTodaysRates } from './todays-rates.ts'
import { setCurrencyRates } from './set-currency-rates.ts'

export const currencyRoutes = [
  pipeline.handle(forecastEndpoints.getCurrencyRates, (ctx) => getCurrencyRates(ctx)),
  pipeline.handle(forecastEndpoints.getTodaysRates, (ctx, { query }) => getTodaysRates(ctx, query.zone)),
  pipeline.handle(forecastEndpoints.setCurrencyRates, (ctx, { body }, http) => setCurrencyRates(ctx, http.expectedVersion, body)),
]
