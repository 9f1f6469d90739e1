import type { HandOver, HandOverState } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { mayRead } from '../history/deal-reach.ts'

/** The newest hand-over of a living deal, as it was won last. Throws 404. */
export async function getHandOver(ctx: Ctx, dealId: string): Promise<{ handOver: HandOver | null }> {
  const [deal, handOver] = await Promise.all([
    ctx.db.selectFrom('deal').select('id').where('id', '=', dealId).where('isDeleted', '=', false).where(mayRead(ctx)).executeTakeFirst(),
    newestOf(ctx.db, dealId),
  ])
  if (!deal) throw notFound('deal')
  return { handOver }
}

type Row = Omit<HandOver, 'begunAt' | 'endedAt'> & { readonly begunAt: Date; readonly endedAt: Date | null }

/** That it is on its way back the saga knows. */
const SHOWN_STATE = sql<HandOverState>`case hand_over.state when 'waiting' then 'running'
  when 'running' then coalesce((select saga.state from saga where saga.id = hand_over.id), 'running') else hand_over.state end`

/** Where the deal was won anew and nothing was to be done then, that of an earlier winning is over, however it ended. */
export const ofThisWinning = sql<boolean>`not exists (select from deal where deal.id = hand_over.deal_id and deal.stage_kind = 'won'
  and deal.decided_at <> hand_over.decided_at)`

export async function newestOf(db: Db, dealId: string): Promise<HandOver | null> {
  const { rows } = await sql<Row>`
    select id, deal_id as "dealId", ${SHOWN_STATE} as state, reason, owner_before_id as "ownerBeforeId", owner_id as "ownerId", task_count as "taskCount",
           begun_at as "begunAt", ended_at as "endedAt"
      from hand_over where deal_id = ${dealId}::uuid and ${ofThisWinning} order by sequence desc, attempt desc limit 1`.execute(db)
  const [row] = rows
  return row ? { ...row, begunAt: row.begunAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null } : null
}
