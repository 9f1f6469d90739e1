import { Deal, dealStageChanged, type PendingEvent } from '@ai-crm/contracts'
import type { z } from 'zod'
import { isBack, type Stages } from '../stages/stage.ts'

/** Where a deal stands, and since when. */
export const Standing = Deal.pick({ id: true, stage: true, stageKind: true, pipelineId: true, stageEnteredAt: true })
export type Standing = z.infer<typeof Standing>
/** Where it stands after it was written, and its place there. */
export type Moved = Standing & { readonly rank: string }

/** Tells of a move. */
export const movedEvent = (stages: Stages, before: Standing, after: Moved, reason: 'moved' | 'retired'): PendingEvent =>
  dealStageChanged({
    dealId: before.id,
    from: before.stage,
    to: after.stage,
    fromKind: before.stageKind,
    toKind: after.stageKind,
    fromPipelineId: before.pipelineId,
    pipelineId: after.pipelineId,
    // Transactions may come to the deal in another order than they have begun.
    stayedMs: Math.max(0, Date.parse(after.stageEnteredAt) - Date.parse(before.stageEnteredAt)),
    reason,
    isBack: isBack(stages, before.stage, after.stage),
    rank: after.rank,
    stageEnteredAt: after.stageEnteredAt,
  })
