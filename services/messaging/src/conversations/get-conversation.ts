import type { Conversation } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { CONVERSATION_COLUMNS, isUnread, toConversation } from './conversation.ts'
import { mayRead } from './conversation-reach.ts'
import { viewerOf } from './viewer.ts'

/** Throws 404. */
export async function getConversation(ctx: Ctx, conversationId: string): Promise<Conversation> {
  const row = await selectConversation(ctx.db, conversationId, viewerOf(ctx)).where(mayRead(ctx)).executeTakeFirst()
  if (!row) throw notFound('conversation')
  return toConversation(row)
}

/** What a transaction has changed, whoever may read it from now on. */
export const readChanged = async (db: Db, conversationId: string, viewer: string | null): Promise<Conversation> =>
  toConversation(await selectConversation(db, conversationId, viewer).executeTakeFirstOrThrow())

const selectConversation = (db: Db, conversationId: string, viewer: string | null) =>
  db
    .selectFrom('conversation')
    .select([...CONVERSATION_COLUMNS, isUnread(viewer)])
    .where('id', '=', conversationId)
