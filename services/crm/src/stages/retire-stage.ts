import { dealUpdated, StageId } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Scope } from '../ctx.ts'
import { type Moved, movedEvent, type Standing } from '../deals/moved-event.ts'
import { toInstant } from '../instant.ts'
import { readStages, successorOf } from './stage.ts'

const BATCH = 100

/** The deals of a stage that is there no longer go where it says; runs `emptyStage`. */
export const retireStage: Job<{ stageId: StageId }> = { name: 'crm.retire-stage', payload: z.object({ stageId: StageId }) }

/** In batches, each deal with its event: a crash goes on where it was. No rule keeps them: they have to go somewhere. */
export async function emptyStage(ctx: Ctx, { stageId }: { stageId: StageId }): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await moveSome(ctx, stageId)
}

type Left = Standing & { readonly lostReason: string | null }

async function moveSome(ctx: Ctx, stageId: StageId): Promise<number> {
  return ctx.write(async ({ db, emitAll }) => {
    const to = successorOf(await readStages(db), stageId)
    if (!to || to.id === stageId) return 0
    const { rows: before } = await sql<Left>`select id, stage, stage_kind, pipeline_id, cast(stage_entered_at as text) as stage_entered_at, lost_reason from deal
      where stage = ${stageId} and deleted_at is null order by id limit ${BATCH} for update`.execute(db)
    const leavesReason = ({ lostReason }: Left) => to.kind !== 'lost' && lostReason !== null
    const { rows: after } = await sql<Moved>`update deal set stage = ${to.id}, updated_at = date_trunc('milliseconds', now()),
        version = version + 1 + (${to.kind !== 'lost'} and lost_reason is not null)::integer, lost_reason = case when ${to.kind === 'lost'} then lost_reason end
      where id = any(${before.map(({ id }) => id)}::uuid[])
      returning id, stage, stage_kind, pipeline_id, cast(stage_entered_at as text) as stage_entered_at, rank::text as rank`.execute(db)
    const stands = new Map(after.map((one) => [one.id, { ...one, stageEnteredAt: toInstant(one.stageEnteredAt) }]))
    await emitMoved(
      emitAll,
      before.map((one) => ({ ...one, stageEnteredAt: toInstant(one.stageEnteredAt) })),
      stands,
      leavesReason,
    )
    return before.length
  })
}

async function emitMoved(emitAll: Scope['emitAll'], before: readonly Left[], stands: ReadonlyMap<string, Moved>, leavesReason: (one: Left) => boolean): Promise<void> {
  await emitAll(
    before.flatMap((one) => {
      const after = stands.get(one.id)
      const forgotten = leavesReason(one) ? [dealUpdated({ dealId: one.id, changes: { lostReason: { from: one.lostReason, to: null } } })] : []
      return after ? [...forgotten, movedEvent(one, after, 'retired')] : []
    }),
  )
}
