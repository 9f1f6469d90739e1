import { StageId } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { type Moved, movedEvent, type Standing } from '../deals/moved-event.ts'
import { toInstant } from '../instant.ts'
import { readStages, successorOf } from './stage.ts'

const BATCH = 100

/** The deals of a stage that is there no longer go where it says; runs `emptyStage`. */
export const retireStage: Job<{ stageId: StageId }> = { name: 'crm.retire-stage', payload: z.object({ stageId: StageId }) }

/** In batches, each deal with its event: a crash goes on where it was. No rule keeps them: they have to go somewhere, and that is of the same kind. */
export async function emptyStage(ctx: Ctx, { stageId }: { stageId: StageId }): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await moveSome(ctx, stageId)
}

async function moveSome(ctx: Ctx, stageId: StageId): Promise<number> {
  return ctx.write(async ({ db, emitAll }) => {
    const stages = await readStages(db)
    const to = successorOf(stages, stageId)
    // Of a pipeline that was not heard of yet: the job is tried again.
    if (!to) throw new Error(`Deals of ${stageId} go to a stage that is not known yet.`)
    if (to.id === stageId) return 0
    const { rows: before } = await sql<Standing>`select id, stage, stage_kind, pipeline_id, cast(stage_entered_at as text) as stage_entered_at from deal
      where stage = ${stageId} and deleted_at is null order by id limit ${BATCH} for update`.execute(db)
    const { rows: after } = await sql<Moved>`update deal set stage = ${to.id}, version = version + 1, updated_at = date_trunc('milliseconds', now())
      where id = any(${before.map(({ id }) => id)}::uuid[])
      returning id, stage, stage_kind, pipeline_id, cast(stage_entered_at as text) as stage_entered_at, rank::text as rank`.execute(db)
    const stands = new Map(after.map((one) => [one.id, onWall(one)]))
    await emitAll(
      before.flatMap((one) => {
        const now = stands.get(one.id)
        return now ? [movedEvent(stages, onWall(one), now, 'retired')] : []
      }),
    )
    return before.length
  })
}

const onWall = <Row extends Standing>(row: Row): Row => ({ ...row, stageEnteredAt: toInstant(row.stageEnteredAt) })
