import type { Db } from '../ctx.ts'

/** What every outbound event tells about its message. */
export async function readOutboundFacts(db: Db, messageId: string) {
  const row = await db
    .selectFrom('delivery')
    .innerJoin('message', (join) => join.onRef('message.organizationId', '=', 'delivery.organizationId').onRef('message.id', '=', 'delivery.messageId'))
    .innerJoin('conversation', (join) =>
      join.onRef('conversation.organizationId', '=', 'delivery.organizationId').onRef('conversation.id', '=', 'delivery.conversationId'),
    )
    .select([
      'delivery.conversationId',
      'delivery.toAddress',
      'delivery.toName',
      'conversation.contactId',
      'message.draftId',
      'message.subject',
      'message.text',
      'message.authorId',
      'message.rfcMessageId',
    ])
    .where('delivery.messageId', '=', messageId)
    .executeTakeFirstOrThrow()
  return {
    outbound: {
      messageId,
      conversationId: row.conversationId,
      contactId: row.contactId,
      draftId: row.draftId,
      to: { address: row.toAddress, name: row.toName },
    },
    content: { subject: row.subject, text: row.text, authorId: row.authorId },
    rfcMessageId: row.rfcMessageId ?? '',
  }
}
