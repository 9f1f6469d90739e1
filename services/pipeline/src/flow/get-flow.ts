import type { FlowQuery, PipelineFlow, StageFlow } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { closings } from './closings.ts'
import { flowByStage } from './flow-by-stage.ts'
import { velocityOf } from './velocity.ts'
import { windowOf } from './window.ts'

/** Four queries, however many stages and deals. Archived pipelines have a past too. Throws 404, `windowUnsound` (400). */
export async function getFlow(ctx: Ctx, pipelineId: string, query: FlowQuery): Promise<PipelineFlow> {
  const window = await windowOf(ctx.db, query)
  const [stages, byStage, closed] = await Promise.all([stagesOf(ctx, pipelineId), flowByStage(ctx, pipelineId, window), closings(ctx, pipelineId, window)])
  if (stages.length === 0) throw notFound('pipeline')
  return {
    pipelineId,
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    stages: stages.map((stage) => byStage.get(stage) ?? nothing(stage)),
    won: closed.won,
    lost: closed.lost,
    cycle: { medianMs: closed.medianMs, p90Ms: closed.p90Ms },
    velocity: ctx.rights?.fields.deal?.['amountMinor'] === 'hidden' ? null : velocityOf(closed),
  }
}

async function stagesOf({ db }: Ctx, pipelineId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('stage')
    .select('id')
    .where('pipelineId', '=', pipelineId)
    .orderBy('retiredAt', (order) => order.desc().nullsFirst())
    .orderBy('position')
    .execute()
  return rows.map(({ id }) => id)
}

const nothing = (stage: string): StageFlow => ({
  stage,
  entries: 0,
  advanced: 0,
  movedBack: 0,
  won: 0,
  lost: 0,
  handedOff: 0,
  deleted: 0,
  stillThere: 0,
  medianMs: null,
  p90Ms: null,
  standing: { count: 0, medianMs: null, p90Ms: null },
})
