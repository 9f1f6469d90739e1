import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { mayRead } from './conversation-reach.ts'
import { viewerOf } from './viewer.ts'

/** Remembers the newest inbound message that is there now: one that commits a moment later stays unread. */
export async function markConversationRead(ctx: Ctx, conversationId: string, isRead: boolean): Promise<void> {
  await ctx.write(async ({ db }) => {
    const row = await db.selectFrom('conversation').select('lastInboundAt').where('id', '=', conversationId).where(mayRead(ctx)).executeTakeFirst()
    if (!row) throw notFound('conversation')
    const userId = viewerOf(ctx)
    if (userId === null) return
    if (!isRead || !row.lastInboundAt) {
      await db.deleteFrom('conversationRead').where('conversationId', '=', conversationId).where('userId', '=', userId).execute()
      return
    }
    await db
      .insertInto('conversationRead')
      .values({ userId, conversationId, seenInboundAt: row.lastInboundAt })
      .onConflict((conflict) =>
        conflict.columns(['organizationId', 'userId', 'conversationId']).doUpdateSet(({ ref }) => ({ seenInboundAt: ref('excluded.seenInboundAt') })),
      )
      .execute()
  })
}
