import { writable } from '@ai-crm/platform'
import { mayReadThrough, mayWriteThrough } from '../conversations/conversation-reach.ts'
import type { Ctx, Db } from '../ctx.ts'

/** The delivery of a message, locked until the transaction ends, for whoever may change its conversation. Throws 404, `recordLocked` (403). */
export async function lockDelivery(ctx: Ctx, db: Db, messageId: string) {
  const row = await db
    .selectFrom('delivery')
    .select(['state', 'conversationId', mayWriteThrough(ctx, 'delivery.conversationId').as('mayWrite')])
    .where('messageId', '=', messageId)
    .where(mayReadThrough(ctx, 'delivery.conversationId'))
    .forUpdate()
    .executeTakeFirst()
  return writable(row, 'message')
}
