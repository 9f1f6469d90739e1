import { conversationLinked } from '@ai-crm/contracts'
import type { Job } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Ctx, Write } from '../ctx.ts'

const BATCH = 200
/** One after the other. */
const MAX_MERGES = 50

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

/** Remembers into whom a contact went. What is theirs follows by the job. */
export async function heardOfMerge({ db, enqueue }: Write, mergedId: string, survivorId: string): Promise<void> {
  await db
    .insertInto('mergedContact')
    .values({ mergedId, survivorId })
    .onConflict((conflict) => conflict.columns(['organizationId', 'mergedId']).doUpdateSet({ survivorId }))
    .execute()
  await enqueue(followMerge, { mergedId, survivorId, isBack: false }, { key: mergedId })
}

export async function heardOfSeparation({ db, enqueue }: Write, mergedId: string, survivorId: string): Promise<void> {
  await db.deleteFrom('mergedContact').where('mergedId', '=', mergedId).execute()
  await enqueue(followMerge, { mergedId, survivorId, isBack: true }, { key: mergedId })
}

/** In batches, each change with its event: a crash goes on where it was. */
export async function follow(ctx: Ctx, payload: FollowMerge): Promise<void> {
  for (let moved = BATCH; moved === BATCH && !ctx.signal.aborted;) moved = await (payload.isBack ? returnSome(ctx, payload) : moveSome(ctx, payload))
}

/** The survivor may have gone into another one itself: noted for each on the way, each can be undone. */
const moveSome = (ctx: Ctx, { mergedId, survivorId }: FollowMerge): Promise<number> =>
  relink(
    ctx,
    sql<Linked>`
      with recursive way (id, step) as (
        select ${survivorId}::uuid, 1
        union all
        select merged_contact.survivor_id, way.step + 1 from way join merged_contact on merged_contact.merged_id = way.id
         where way.step < ${MAX_MERGES} and merged_contact.survivor_id <> ${mergedId}::uuid
      ), living as (
        select id from way order by step desc limit 1
      ), found as (
        select id from conversation where contact_id = ${mergedId} order by last_message_at desc, id desc limit ${BATCH} for update
      ), noted as (
        insert into moved_conversation (merged_id, conversation_id)
        select passed.id, found.id from found cross join (select ${mergedId}::uuid as id union select id from way where id <> (select id from living)) as passed
        on conflict do nothing
      )
      update conversation set contact_id = living.id from found, living where conversation.id = found.id
      returning conversation.id as "conversationId", living.id as "contactId"`,
  )

/** What came with them, and what was said with one of their addresses since. */
const returnSome = (ctx: Ctx, { mergedId, survivorId }: FollowMerge): Promise<number> =>
  relink(
    ctx,
    sql<Linked>`
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
      update conversation set contact_id = ${mergedId} from found where conversation.id = found.id
      returning conversation.id as "conversationId", ${mergedId}::uuid as "contactId"`,
  )

interface Linked {
  readonly conversationId: string
  readonly contactId: string
}

async function relink(ctx: Ctx, moving: RawBuilder<Linked>): Promise<number> {
  return ctx.write(async ({ db, emitAll }) => {
    const { rows } = await moving.execute(db)
    await emitAll(rows.map((linked) => conversationLinked(linked)))
    return rows.length
  })
}
