import type { StageOdds } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayRead } from '../history/deal-reach.ts'

/** What fewer deals have shown is chance. */
export const FEWEST_DECIDED = 10

/** The living stages of the pipeline that are open, in their order; none: there is no such pipeline. */
export async function stageOdds(ctx: Ctx, pipelineId: string): Promise<StageOdds[]> {
  const { rows } = await sql<Omit<StageOdds, 'empirical'>>`
    with decided as (
      select stay.stage_id, count(distinct deal.id)::int as decided, (count(distinct deal.id) filter (where deal.stage_kind = 'won'))::int as won
        from deal join stay on stay.organization_id = deal.organization_id and stay.deal_id = deal.id
       where deal.stage_kind in ('won', 'lost') and not deal.is_deleted and deal.decided_at >= now() - interval '365 days'
         and stay.pipeline_id = ${pipelineId} and stay.stage_kind = 'open' and ${mayRead(ctx)}
       group by stay.stage_id
    )
    select stage.id as stage, stage.probability, coalesce(decided.decided, 0) as decided, coalesce(decided.won, 0) as won
      from stage left join decided on decided.stage_id = stage.id
     where stage.pipeline_id = ${pipelineId} and stage.kind = 'open' and stage.retired_at is null order by stage.position`.execute(ctx.db)
  return rows.map((row) => ({ ...row, empirical: row.decided >= FEWEST_DECIDED ? row.won / row.decided : null }))
}
