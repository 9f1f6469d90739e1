import type { ForecastQuery } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayRead } from '../history/deal-reach.ts'

export interface OpenDeals {
  readonly part: string
  readonly currency: string
  readonly stage: string
  readonly count: number
  readonly amountMinor: number
}
export interface WonDeals {
  readonly part: string
  readonly currency: string
  /** Of the day on which they were won; null: none was known then. */
  readonly rate: number | null
  readonly count: number
  readonly amountMinor: number
}

/** Where an open deal counts that is to close on `closeOn`, of so many months from the one on that begins with the day `first`. */
export const partOf = (closeOn: RawBuilder<unknown>, first: RawBuilder<unknown>, months: number) =>
  sql<string>`case when ${closeOn} < ${first} then 'overdue'
                   when ${closeOn} < ${first} + make_interval(months => ${months}::int) then to_char(${closeOn}, 'YYYY-MM') else 'undated' end`

/** Open deals with an amount, by the month in which they are to close. */
export async function openByMonth(ctx: Ctx, pipelineId: string, { months, zone }: ForecastQuery): Promise<readonly OpenDeals[]> {
  const first = sql`date_trunc('month', now() at time zone ${zone})`
  const { rows } = await sql<OpenDeals>`
    select ${partOf(sql`deal.expected_close_on`, first, months)} as part,
           deal.currency, deal.stage_id as stage, count(*)::int as count, sum(deal.amount_minor)::float8 as "amountMinor"
      from deal where deal.pipeline_id = ${pipelineId} and deal.stage_kind = 'open' and not deal.is_deleted and deal.currency is not null and ${mayRead(ctx)}
     group by 1, 2, 3`.execute(ctx.db)
  return rows
}

/** Deals that were won since the month (`2026-01`) began, by the month and the rate of the day. */
export async function wonByMonth(ctx: Ctx, pipelineId: string, { zone }: ForecastQuery, since: string): Promise<readonly WonDeals[]> {
  const { rows } = await sql<WonDeals>`
    select to_char(deal.decided_at at time zone ${zone}, 'YYYY-MM') as part, deal.currency,
           (select known.rate::float8 from currency_rate known where known.organization_id = deal.organization_id and known.currency = deal.currency
               and known.valid_from <= (deal.decided_at at time zone ${zone})::date order by known.valid_from desc limit 1) as rate,
           count(*)::int as count, sum(deal.amount_minor)::float8 as "amountMinor"
      from deal where deal.pipeline_id = ${pipelineId} and deal.stage_kind = 'won' and not deal.is_deleted and deal.currency is not null
       and deal.decided_at >= ${`${since}-01`}::timestamp at time zone ${zone} and ${mayRead(ctx)}
     group by 1, 2, 3`.execute(ctx.db)
  return rows
}
