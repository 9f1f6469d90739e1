import { writable, type Asker } from '@ai-crm/platform'
import { sql } from 'kysely'
import { mayRead, mayWrite } from '../conversations/conversation-reach.ts'
import type { Db } from '../ctx.ts'

/**
 * What a reply needs to know of its conversation, with the row locked: until the end of the transaction no further
 * message joins it. Throws 404, `recordLocked` (403).
 */
export async function openReply(asker: Asker, db: Db, conversationId: string) {
  const row = await db
    .selectFrom('conversation')
    .innerJoin('channel', (join) => join.onRef('channel.organizationId', '=', 'conversation.organizationId').onRef('channel.id', '=', 'conversation.channelId'))
    .select([
      'conversation.id',
      'conversation.subject',
      'conversation.partyAddress',
      'conversation.partyName',
      'conversation.channelId',
      'channel.address',
      'channel.name',
      'channel.signature',
      sql<string>`platform.uuid_v7()`.as('messageId'),
      mayWrite(asker).as('mayWrite'),
    ])
    .where('conversation.id', '=', conversationId)
    .where(mayRead(asker))
    .forUpdate('conversation')
    .executeTakeFirst()
  return writable(row, 'conversation')
}
export type OpenReply = Awaited<ReturnType<typeof openReply>>

/** The newest inbound message: what is answered in the headers, and where its writer wants answers to go. */
export async function findAnswered(db: Db, conversationId: string) {
  return db
    .selectFrom('message')
    .select(['id', 'rfcMessageId', 'referenceIds', 'fromAddress', 'replyToAddress'])
    .where('conversationId', '=', conversationId)
    .where('direction', '=', 'inbound')
    .orderBy('isAutoReply')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
