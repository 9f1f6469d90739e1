import { dealRotting } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { lockLooks, planLook } from './watch-rotting.ts'

const BATCH = 500
/** Deals that rot one after another are told of together. */
const LOOK_EVERY_MS = 60_000
/** Stays come without a word to whoever looks where the history is made anew: somebody looks at least so often. */
const LOOK_WITHIN = sql`interval '1 day'`

interface RottingStay {
  readonly dealId: string
  readonly sequence: number
  readonly stage: string
  readonly pipelineId: string
  readonly enteredAt: Date
  readonly rottingDays: number
  readonly ownerId: string | null
}

/** Tells of each stay once that it is too long, and plans the look for the next one. A deal that has left its stage rots no more. */
export async function findRotting(ctx: Ctx): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emitAll, enqueue } = scope
    lockLooks(scope)
    await db
      .insertInto('rottingWatch')
      .values({ nextAt: null })
      .onConflict((conflict) => conflict.column('organizationId').doUpdateSet({ nextAt: null }))
      .execute()
    const rotting = await untoldStays(db)
    if (rotting.length > 0) {
      await db
        .insertInto('rottingStay')
        .values(rotting.map(({ dealId, sequence }) => ({ dealId, sequence })))
        .execute()
      await emitAll(rotting.map(({ sequence: _, enteredAt, ...stay }) => dealRotting({ ...stay, enteredAt: enteredAt.toISOString() })))
    }
    const nextAt = await nextRottingAt(db)
    if (!nextAt) return
    const lookAt = rotting.length === BATCH ? nextAt : new Date(Math.max(nextAt.getTime(), Date.now() + LOOK_EVERY_MS))
    await db.updateTable('rottingWatch').set({ nextAt: lookAt }).execute()
    await planLook({ enqueue }, lookAt)
  })
}

const rotsAt = sql<Date>`stay.entered_at + stage.rotting_days * interval '1 day'`
const STANDING = sql`stay join stage on stage.organization_id = stay.organization_id and stage.id = stay.stage_id
  where stay.left_at is null and stay.stage_kind = 'open' and stage.rotting_days is not null
    and not exists (select from rotting_stay told where told.organization_id = stay.organization_id and told.deal_id = stay.deal_id and told.sequence = stay.sequence)`

async function untoldStays(db: Db): Promise<RottingStay[]> {
  const { rows } = await sql<RottingStay>`
    select stay.deal_id as "dealId", stay.sequence, stay.stage_id as stage, stay.pipeline_id as "pipelineId", stay.entered_at as "enteredAt",
           stage.rotting_days as "rottingDays",
           (select deal.owner_id from deal where deal.organization_id = stay.organization_id and deal.id = stay.deal_id) as "ownerId"
      from ${STANDING} and ${rotsAt} <= now() order by ${rotsAt}, stay.deal_id limit ${BATCH}`.execute(db)
  return rows
}

/** Null where nothing rots: no stage says after how long. */
async function nextRottingAt(db: Db): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select least((select min(${rotsAt}) from ${STANDING}),
                 (select now() + ${LOOK_WITHIN} where exists (select from stage where rotting_days is not null and retired_at is null))) as at`.execute(db)
  return rows[0]?.at ?? null
}
