import { writable, type Asker } from '@ai-crm/platform'
import type { Write } from '../ctx.ts'
import { mayRead, mayWrite, withheldFrom } from './conversation-reach.ts'

/** The conversation, locked until the transaction ends, with what its contact keeps from whoever asks. Throws 404, `recordLocked` (403). */
export async function lockConversation(asker: Asker, { db }: Pick<Write, 'db'>, conversationId: string) {
  const conversation = await db
    .selectFrom('conversation')
    .select(['id', 'contactId', 'newestInboundId', 'newestInboundSequence'])
    .select([mayWrite(asker).as('mayWrite'), withheldFrom(asker).as('withheld')])
    .where('id', '=', conversationId)
    .where(mayRead(asker))
    .forUpdate()
    .executeTakeFirst()
  return writable(conversation, 'conversation')
}
