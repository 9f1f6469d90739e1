import { type SimulateStageRules, type StageRulesSimulation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { requirePermissions } from '../changes/field-locks.ts'
import type { Ctx } from '../ctx.ts'
import { mayRead } from '../deals/deal-reach.ts'
import { rulesWith } from '../stages/move-rules.ts'
import { readStages, type StageRow, type Stages } from '../stages/stage.ts'
import { dealColumns, type DealRow, toDeal } from '../deals/deal.ts'

const MAX_SHOWN = 50
/** Deals that are held against the rules: those that moved last. */
const MAX_CHECKED = 2_000

/**
 * Holds the open deals one step before the stage, and those in it, against rules as they would be, for whoever asks. A limit stops
 * nobody here: how many stand there, the board tells. Throws 404 for a stage, `operationDenied` (403) without the deals.
 */
export async function simulateRules(ctx: Ctx, { stage: stageId, rules }: SimulateStageRules): Promise<StageRulesSimulation> {
  // The route asks for the pipelines alone; this shows deals.
  requirePermissions(ctx, ['crm.deal.read'], 'see')
  const known = await readStages(ctx.db)
  const stage = known.get(stageId)
  if (!stage || stage.retiredInto !== null) throw notFound('stage')
  const supposed: Stages = new Map([...known, [stageId, { ...stage, rules: { ...rules, wipLimit: null } }]])
  const deals = await dealsBefore(ctx, stage, known)
  const judge = await rulesWith(ctx, ctx.db, supposed, [stageId], deals)
  const found = deals.map((deal) => {
    // Whoever stands there already has come from somewhere; the fields are what the rules ask of them.
    const obstacles = judge.obstacles({ ...deal }, deal, stageId).filter(({ rule }) => deal.stage !== stageId || rule === 'required-field')
    return { dealId: deal.id, title: deal.title, stage: deal.stage, obstacles }
  })
  const stopped = found.filter(({ obstacles }) => obstacles.length > 0)
  return { checked: deals.length, stopped: stopped.length, items: stopped.slice(0, MAX_SHOWN) }
}

async function dealsBefore(ctx: Ctx, stage: StageRow, stages: Stages) {
  const open = [...stages.values()].filter(({ pipelineId, kind, retiredInto }) => pipelineId === stage.pipelineId && kind === 'open' && retiredInto === null)
  const before = stage.kind === 'open' ? open.filter(({ position }) => position < stage.position).slice(-1) : open
  const ids = [...before.map(({ id }) => id), stage.id]
  const rows: DealRow[] = await ctx.db
    .selectFrom('deal')
    .select(dealColumns(ctx))
    .where('deal.stage', 'in', ids)
    .where('deal.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .orderBy('deal.stageEnteredAt', 'desc')
    .limit(MAX_CHECKED)
    .execute()
  return rows.map(toDeal)
}
