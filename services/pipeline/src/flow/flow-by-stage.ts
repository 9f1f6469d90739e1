import type { StageFlow } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayRead } from '../history/deal-reach.ts'
import type { Window } from './window.ts'

interface Row extends Omit<StageFlow, 'standing'> {
  readonly standingCount: number
  readonly standingMedianMs: number | null
  readonly standingP90Ms: number | null
}

/** Every stay that began in the window is counted once: by how it ended before the end of the window, or as still there. */
export async function flowByStage(ctx: Ctx, pipelineId: string, { from, to }: Window): Promise<ReadonlyMap<string, StageFlow>> {
  const { rows } = await sql<Row>`
    with seen as (
      select stay.stage_id, stay.entered_at >= ${from} as is_entry, case when stay.left_at < ${to} then stay.outcome end as outcome,
             extract(epoch from least(stay.left_at, ${to}::timestamptz, greatest(stay.entered_at, now())) - stay.entered_at)::float8 * 1000 as ms
        from stay join deal on deal.organization_id = stay.organization_id and deal.id = stay.deal_id
       where stay.pipeline_id = ${pipelineId} and stay.entered_at < ${to} and (stay.entered_at >= ${from} or stay.left_at is null or stay.left_at >= ${to})
         and ${mayRead(ctx)}
    )
    select stage_id as stage,
           count(*) filter (where is_entry)::int as entries,
           count(*) filter (where is_entry and outcome = 'advanced')::int as advanced,
           count(*) filter (where is_entry and outcome = 'moved-back')::int as "movedBack",
           count(*) filter (where is_entry and outcome = 'won')::int as won,
           count(*) filter (where is_entry and outcome = 'lost')::int as lost,
           count(*) filter (where is_entry and outcome = 'handed-off')::int as "handedOff",
           count(*) filter (where is_entry and outcome = 'deleted')::int as deleted,
           count(*) filter (where is_entry and outcome is null)::int as "stillThere",
           percentile_cont(0.5) within group (order by ms) filter (where is_entry and outcome is not null) as "medianMs",
           percentile_cont(0.9) within group (order by ms) filter (where is_entry and outcome is not null) as "p90Ms",
           count(*) filter (where outcome is null)::int as "standingCount",
           percentile_cont(0.5) within group (order by ms) filter (where outcome is null) as "standingMedianMs",
           percentile_cont(0.9) within group (order by ms) filter (where outcome is null) as "standingP90Ms"
      from seen group by stage_id`.execute(ctx.db)
  return new Map(
    rows.map(({ standingCount, standingMedianMs, standingP90Ms, ...flow }) => [
      flow.stage,
      { ...flow, standing: { count: standingCount, medianMs: standingMedianMs, p90Ms: standingP90Ms } },
    ]),
  )
}
