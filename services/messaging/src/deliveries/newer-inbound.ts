import type { Db } from '../ctx.ts'

/**
 * The newest inbound message that came after `seenMessageId`, or null. Mail of machines does not count: a holiday
 * notice makes no answer stale. `seenMessageId` null: nothing was seen, every message is newer.
 */
export async function findNewerInbound(db: Db, conversationId: string, seenMessageId: string | null): Promise<string | null> {
  const newest = await db
    .selectFrom('message')
    .select(['id', 'createdAt'])
    .where('conversationId', '=', conversationId)
    .where('direction', '=', 'inbound')
    .where((eb) => eb.or([eb('isAutoReply', '=', false), eb('id', '=', seenMessageId)]))
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest || newest.id === seenMessageId) return null
  if (seenMessageId === null) return newest.id
  const seen = await db
    .selectFrom('message')
    .select('createdAt')
    .where('id', '=', seenMessageId)
    .where('conversationId', '=', conversationId)
    .executeTakeFirst()
  return seen && seen.createdAt > newest.createdAt ? null : newest.id
}
