import { MAX_PIPELINES, pipelineCreated, type CreatePipeline, type Pipeline } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { tooManyPipelines } from './errors.ts'
import { watchAnew } from '../rotting/watch-rotting.ts'
import { lockPipelines } from './lock-pipelines.ts'
import { requireDistinctReasons } from './lost-reasons.ts'
import { requireFreeName } from './require-free-name.ts'
import { settleStages } from './settle-stages.ts'
import { storeStages } from './store-stages.ts'
import { usedStageIds } from './used-stage-ids.ts'

/** Throws what settle-stages throws, `nameTaken`, `tooManyPipelines` (409). */
export async function createPipeline(ctx: Ctx, { name, stages: given, lostReasons, handOver }: CreatePipeline): Promise<Pipeline> {
  requireDistinctReasons(lostReasons)
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const all = await lockPipelines(scope)
    if (all.length >= MAX_PIPELINES) throw tooManyPipelines(MAX_PIPELINES)
    requireFreeName(all, name)
    const stages = settleStages({ given, known: [], used: await usedStageIds(db, given) })

    const position = 1 + Math.max(...all.map((each) => each.position))
    const row = await db
      .insertInto('pipeline')
      .values({ name, position, lostReasons, handOver: JSON.stringify(handOver) })
      .returning(['id', 'createdAt', 'version'])
      .executeTakeFirstOrThrow()
    await storeStages(db, row.id, stages)
    if (stages.some(({ rottingDays }) => rottingDays !== null)) await watchAnew(scope)
    await emit(pipelineCreated({ pipelineId: row.id, name, position, lostReasons, stages, handOver }))
    const createdAt = row.createdAt.toISOString()
    return { id: row.id, name, position, lostReasons, stages, handOver, createdAt, updatedAt: createdAt, version: row.version }
  })
}
