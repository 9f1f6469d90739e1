import { pipelineUpdated, type EventData, type Pipeline, type UpdatePipeline } from '@ai-crm/contracts'
import { isDeepStrictEqual } from 'node:util'
import type { Ctx, Write } from '../ctx.ts'
import { watchAnew } from '../rotting/watch-rotting.ts'
import { lockPipelines, pick } from './lock-pipelines.ts'
import { requireDistinctReasons } from './lost-reasons.ts'
import { movePipelines } from './move-pipelines.ts'
import { requireFreeName } from './require-free-name.ts'
import { settleMoves } from './settle-moves.ts'
import { settleStages } from './settle-stages.ts'
import { retireStages, storeStages, type Retired } from './store-stages.ts'
import { usedStageIds } from './used-stage-ids.ts'

type Facts = Pick<Pipeline, 'name' | 'position' | 'lostReasons' | 'stages' | 'handOver'>
type Changes = EventData<typeof pipelineUpdated>['changes']

/** Without a difference nothing happens. Throws 404, 409 (version, name), and what settle-stages and settle-moves throw (422). */
export async function updatePipeline(ctx: Ctx, pipelineId: string, expectedVersion: number, input: UpdatePipeline): Promise<Pipeline> {
  if (input.lostReasons) requireDistinctReasons(input.lostReasons)
  return ctx.write(async (scope) => {
    const all = await lockPipelines(scope)
    const current = pick(all, pipelineId, expectedVersion)
    const others = all.filter((each) => each !== current)
    if (input.name !== undefined) requireFreeName(others, input.name)
    const stages = input.stages
      ? settleStages({ given: input.stages, known: current.stages, used: await usedStageIds(scope.db, input.stages) })
      : current.stages
    const removed = current.stages.filter(({ id }) => !stages.some((stage) => stage.id === id))
    const retired = settleMoves({ moves: input.moves, removed, staying: [...stages, ...others.flatMap((other) => other.stages)] })
    const position = input.position === undefined ? current.position : await movePipelines(scope, all, current, input.position)
    const { name = current.name, lostReasons = current.lostReasons, handOver = current.handOver } = input
    return store(scope, current, { name, position, lostReasons, handOver, stages }, retired)
  })
}

async function store({ db, emit, enqueue }: Write, current: Pipeline, next: Facts, retired: readonly Retired[]): Promise<Pipeline> {
  const changes = differences(current, next)
  if (Object.keys(changes).length === 0) return current
  const now = new Date()
  const { stages, handOver, ...columns } = next
  const version = current.version + 1
  await db
    .updateTable('pipeline')
    .set({ ...columns, handOver: JSON.stringify(handOver), version, updatedAt: now })
    .where('id', '=', current.id)
    .execute()
  if (changes.stages) {
    await storeStages(db, current.id, stages)
    await watchAnew({ db, enqueue })
  }
  await retireStages(db, retired, now)
  await emit(pipelineUpdated({ pipelineId: current.id, changes, retired: [...retired] }))
  return { ...current, ...next, version, updatedAt: now.toISOString() }
}

function differences(from: Facts, to: Facts): Changes {
  const changes: Changes = {}
  if (from.name !== to.name) changes.name = { from: from.name, to: to.name }
  if (from.position !== to.position) changes.position = { from: from.position, to: to.position }
  if (!isDeepStrictEqual(from.lostReasons, to.lostReasons)) changes.lostReasons = { from: from.lostReasons, to: to.lostReasons }
  if (!isDeepStrictEqual(from.stages, to.stages)) changes.stages = { from: from.stages, to: to.stages }
  if (!isDeepStrictEqual(from.handOver, to.handOver)) changes.handOver = { from: from.handOver, to: to.handOver }
  return changes
}
