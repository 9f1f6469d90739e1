import type { ForecastChange, ForecastChanges, ForecastLine } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { requireWholeForecast } from './forecast-rights.ts'
import { getForecast } from './get-forecast.ts'
import { KEPT_MONTHS, snapshotSince } from './snapshot-since.ts'

/** Today's forecast beside the one that was kept then. Throws 404, and what forecast-rights throws (403). */
export async function getForecastChanges(ctx: Ctx, pipelineId: string, since: string): Promise<ForecastChanges> {
  requireWholeForecast(ctx)
  const takenOn = (await snapshotSince(ctx, pipelineId, since))?.takenOn ?? null
  // What was won in a month that is over by now is not lost with it.
  const [{ parts }, before] = await Promise.all([
    getForecast(ctx, pipelineId, { months: KEPT_MONTHS, zone: 'UTC' }, takenOn?.slice(0, 7)),
    takenOn === null ? [] : kept(ctx, pipelineId, takenOn),
  ])
  if (takenOn === null) return { pipelineId, takenOn, changes: [] }
  const now = parts.flatMap(({ part, lines }) => lines.map((line) => ({ part, line })))
  const places = new Map([...before, ...now].map(({ part, line: { currency } }) => [`${part} ${currency}`, { part, currency }]))
  const find = (among: readonly Placed[], part: string, currency: string) =>
    among.find((each) => each.part === part && each.line.currency === currency)?.line ?? null
  const changes = [...places.values()].map(({ part, currency }): ForecastChange => ({
    part,
    currency,
    before: find(before, part, currency),
    now: find(now, part, currency),
  }))
  return { pipelineId, takenOn, changes: changes.toSorted((one, other) => (`${one.part} ${one.currency}` < `${other.part} ${other.currency}` ? -1 : 1)) }
}

interface Placed {
  readonly part: string
  readonly line: ForecastLine
}

async function kept({ db }: Ctx, pipelineId: string, takenOn: string): Promise<Placed[]> {
  const rows = await db
    .selectFrom('forecastSnapshot')
    .select(['part', 'currency', 'wonCount', 'wonMinor', 'openCount', 'openMinor', 'weightedMinor', 'empiricalMinor'])
    .where('pipelineId', '=', pipelineId)
    .where('takenOn', '=', takenOn)
    .execute()
  return rows.map(({ part, ...line }) => ({ part, line }))
}
