import { conversationLinked } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const BATCH = 200

export interface FollowMerge {
  readonly mergedId: string
  readonly survivorId: string
  /** The merge was undone. */
  readonly isBack: boolean
}

/** A contact went into another one, or is back: their conversations follow; runs `follow`. */
export const followMerge: Job<FollowMerge> = {
  name: 'messaging.follow-merge',
  payload: z.object({ mergedId: z.uuid(), survivorId: z.uuid(), isBack: z.boolean() }),
}

/** In batches, each change with its event: a crash goes on where it was. */
export async function follow(ctx: Ctx, payload: FollowMerge): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await (payload.isBack ? returnSome(ctx, payload) : moveSome(ctx, payload))
}

const moveSome = (ctx: Ctx, { mergedId, survivorId }: FollowMerge): Promise<number> =>
  relink(
    ctx,
    survivorId,
    sql<{ id: string }>`
      with found as (
        select id from conversation where contact_id = ${mergedId} order by last_message_at desc, id desc limit ${BATCH} for update
      ), noted as (
        insert into moved_conversation (merged_id, conversation_id) select ${mergedId}::uuid, id from found on conflict do nothing
      )
      update conversation set contact_id = ${survivorId} from found where conversation.id = found.id returning conversation.id`,
  )

/** What came with them, and what was said with one of their addresses since. */
const returnSome = (ctx: Ctx, { mergedId, survivorId }: FollowMerge): Promise<number> =>
  relink(
    ctx,
    mergedId,
    sql<{ id: string }>`
      with found as (
        select id from conversation
         where contact_id = ${survivorId}
           and (exists (select from moved_conversation as moved where moved.merged_id = ${mergedId} and moved.conversation_id = conversation.id)
             or party_address in (
               select address from contact_address where contact_id = ${mergedId}
               union all select address from contact_other_address where contact_id = ${mergedId}
             ))
         order by last_message_at desc, id desc limit ${BATCH} for update
      ), done as (
        delete from moved_conversation where merged_id = ${mergedId} and conversation_id in (select id from found)
      )
      update conversation set contact_id = ${mergedId} from found where conversation.id = found.id returning conversation.id`,
  )

async function relink(ctx: Ctx, contactId: string, moving: RawBuilder<{ id: string }>): Promise<number> {
  return ctx.write(async ({ db, emit }) => {
    const { rows } = await moving.execute(db)
    for (const { id } of rows) await emit(conversationLinked({ conversationId: id, contactId }))
    return rows.length
  })
}
