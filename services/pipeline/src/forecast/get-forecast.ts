import type { Forecast, ForecastQuery } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { getTodaysRates } from '../currencies/todays-rates.ts'
import type { Ctx } from '../ctx.ts'
import { requireZone } from '../flow/window.ts'
import { openByMonth, wonByMonth } from './deals-by-month.ts'
import { requireForecastRights } from './forecast-rights.ts'
import { stageOdds } from './stage-odds.ts'
import { sumForecast } from './sum-forecast.ts'

/**
 * Four queries, however many deals; what was won also in the months before this one from `wonSince` on (`2026-01`).
 * Throws 404, `windowUnsound` (400), `fieldHidden` (403).
 */
export async function getForecast(ctx: Ctx, pipelineId: string, query: ForecastQuery, wonSince?: string): Promise<Forecast> {
  requireZone(query.zone)
  requireForecastRights(ctx)
  const months = monthsFrom(new Date(), query, wonSince)
  const [odds, open, won, { currency, rates }] = await Promise.all([
    stageOdds(ctx, pipelineId),
    openByMonth(ctx, pipelineId, query),
    wonByMonth(ctx, pipelineId, query, months[0]),
    getTodaysRates(ctx, query.zone),
  ])
  if (odds.length === 0) throw notFound('pipeline')
  const parts = ['overdue', ...months, 'undated']
  const used = new Set([...open, ...won].map((deals) => deals.currency))
  return {
    pipelineId,
    currency,
    parts: sumForecast({ open, won, odds, currency, rates, parts }),
    stages: odds,
    rates: rates.filter((rate) => used.has(rate.currency)),
  }
}

/** `2026-01`, `2026-02`, …: so many, the first as the zone has it at that moment; before it those from `since` on. */
export function monthsFrom(now: Date, { months, zone }: ForecastQuery, since?: string): [string, ...string[]] {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: 'numeric' }).formatToParts(now)
  const part = (type: 'year' | 'month') => Number(parts.find((each) => each.type === type)?.value)
  const month = (ahead: number) => new Date(Date.UTC(part('year'), part('month') - 1 + ahead)).toISOString().slice(0, 7)
  const [year = 0, nth = 0] = (since ?? month(0)).split('-').map(Number)
  const over = Math.max(0, (part('year') - year) * 12 + part('month') - nth)
  return [month(-over), ...Array.from({ length: over + months - 1 }, (_, index) => month(index + 1 - over))]
}
