import { pipelineArchived, type ArchivePipeline } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { lastPipeline } from './errors.ts'
import { lockPipelines, pick } from './lock-pipelines.ts'
import { settleMoves } from './settle-moves.ts'
import { retireStages } from './store-stages.ts'

/** Throws 404, 409 (version, the last one), and what settle-moves throws (422). */
export async function archivePipeline(ctx: Ctx, pipelineId: string, expectedVersion: number, { moves }: ArchivePipeline): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emit } = scope
    const all = await lockPipelines(scope)
    const current = pick(all, pipelineId, expectedVersion)
    if (all.length === 1) throw lastPipeline()
    const staying = all.filter((each) => each !== current).flatMap(({ stages }) => stages)
    const retired = settleMoves({ moves, removed: current.stages, staying })

    const now = new Date()
    await db
      .updateTable('pipeline')
      .set({ archivedAt: now, version: current.version + 1, updatedAt: now })
      .where('id', '=', pipelineId)
      .execute()
    await retireStages(db, retired, now)
    await emit(pipelineArchived({ pipelineId, retired }))
  })
}
