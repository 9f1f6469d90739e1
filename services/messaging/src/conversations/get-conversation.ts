import type { Conversation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { CONVERSATION_COLUMNS, isUnread, toConversation } from './conversation.ts'
import { viewerOf } from './viewer.ts'

export const getConversation = async (ctx: Ctx, conversationId: string): Promise<Conversation> => readConversation(ctx.db, conversationId, viewerOf(ctx))

/** Throws 404. `db` may be a transaction's, to answer what it has changed. */
export async function readConversation(db: Db, conversationId: string, viewer: string | null): Promise<Conversation> {
  const row = await db
    .selectFrom('conversation')
    .select([...CONVERSATION_COLUMNS, isUnread(viewer)])
    .where('id', '=', conversationId)
    .executeTakeFirst()
  if (!row) throw notFound('conversation')
  return toConversation(row)
}
