import { sql } from 'kysely'
import { changeConversation } from '../conversations/change-conversation.ts'
import { toSnippet } from '../conversations/conversation.ts'
import type { Write } from '../ctx.ts'
import type { ParsedMail } from '../mail-parsing/parsed-mail.ts'
import type { ConversationHead } from './find-conversation.ts'

interface Arrival {
  messageId: string
  channelId: string
  mail: ParsedMail
  receivedAt: Date
}

/** How exact a channel's "last message" is: one hot row less to wait for on every mail. */
const HEALTH_INTERVAL = '10 seconds'

/** What an inbound message changes around it: the conversation's facts, its status, the channel's health. */
export async function noteArrival(scope: Write, conversation: ConversationHead, arrival: Arrival): Promise<void> {
  const { messageId, channelId, mail, receivedAt } = arrival
  const noted = scope.db
    .updateTable('conversation')
    .set({
      snippet: toSnippet(mail.text || mail.quotedText || ''),
      lastMessageAt: sql<Date>`greatest(last_message_at, ${receivedAt}::timestamptz)`,
      lastDirection: 'inbound',
      lastInboundMessageId: messageId,
      lastInboundAt: sql<Date>`greatest(last_inbound_at, ${receivedAt}::timestamptz)`,
      messageCount: sql<number>`message_count + 1`,
    })
    .where('id', '=', conversation.id)
  scope.atCommit(noted)
  // A holiday notice wakes nobody; news that our own message did not arrive does.
  const isNews = !mail.isAutoReply || mail.isDeliveryReport
  if (isNews) await changeConversation(scope, conversation, { status: 'open', assigneeId: conversation.assigneeId, snoozedUntil: null })
  const health = scope.db
    .updateTable('channel')
    .set({ lastInboundAt: receivedAt })
    .where('id', '=', channelId)
    .where(sql<boolean>`(last_inbound_at is null or last_inbound_at < now() - ${HEALTH_INTERVAL}::interval)`)
  scope.atCommit(health)
}
