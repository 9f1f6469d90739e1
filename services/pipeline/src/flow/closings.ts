import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayRead } from '../history/deal-reach.ts'
import type { Window } from './window.ts'

export interface Closings {
  readonly won: number
  readonly lost: number
  readonly medianMs: number | null
  readonly p90Ms: number | null
  readonly byCurrency: readonly { readonly currency: string; readonly wonCount: number; readonly wonMinor: number; readonly openCount: number }[]
}

/** Deals that came to be won or lost in the window and were so at its end; with those that were open then, by currency. */
export async function closings(ctx: Ctx, pipelineId: string, { from, to }: Window): Promise<Closings> {
  const { rows } = await sql<Closings>`
    with standing as (
      select stay.deal_id, stay.stage_kind, stay.decided_at, coalesce(stay.amount_minor, case when stay.left_at is null then deal.amount_minor end) as amount_minor,
             coalesce(stay.currency, case when stay.left_at is null then deal.currency end) as currency
        from stay join deal on deal.organization_id = stay.organization_id and deal.id = stay.deal_id
       where stay.pipeline_id = ${pipelineId} and stay.entered_at < ${to} and (stay.left_at is null or stay.left_at >= ${to})
         and (stay.stage_kind = 'open' or stay.decided_at >= ${from}) and ${mayRead(ctx)}
    ), cycle as (
      select extract(epoch from standing.decided_at - (select min(first.entered_at) from stay first
               where first.organization_id = platform.current_organization() and first.deal_id = standing.deal_id))::float8 * 1000 as ms
        from standing where stage_kind = 'won'
    ), totals as (
      select currency, count(*) filter (where stage_kind = 'won')::int as "wonCount", count(*) filter (where stage_kind = 'open')::int as "openCount",
             coalesce(sum(amount_minor) filter (where stage_kind = 'won'), 0)::float8 as "wonMinor"
        from standing where currency is not null group by currency
    )
    select (select count(*) from standing where stage_kind = 'won')::int as won, (select count(*) from standing where stage_kind = 'lost')::int as lost,
           (select percentile_cont(0.5) within group (order by ms) from cycle) as "medianMs",
           (select percentile_cont(0.9) within group (order by ms) from cycle) as "p90Ms",
           (select coalesce(jsonb_agg(totals order by currency), '[]') from totals) as "byCurrency"`.execute(ctx.db)
  const [row] = rows
  if (!row) throw new Error('A select without a table has no row.')
  return row
}
