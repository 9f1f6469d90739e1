import { notFound } from '@ai-crm/platform'
import type { Write } from '../ctx.ts'

/** The conversation, locked until the transaction ends; 404 when the organisation has no such one. */
export async function lockConversation({ db }: Pick<Write, 'db'>, conversationId: string) {
  const conversation = await db
    .selectFrom('conversation')
    .select(['id', 'contactId', 'newestInboundId', 'newestInboundSequence'])
    .where('id', '=', conversationId)
    .forUpdate()
    .executeTakeFirst()
  if (!conversation) throw notFound('conversation')
  return conversation
}
