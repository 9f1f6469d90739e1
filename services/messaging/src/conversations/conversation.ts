import type { Conversation } from '@ai-crm/contracts'
import { sql, type Selectable } from 'kysely'
import type { Tables } from '../tables.ts'

/** What is read of a conversation wherever one is answered. */
export const CONVERSATION_COLUMNS = [
  'conversation.id',
  'conversation.channelId',
  'conversation.subject',
  'conversation.partyAddress',
  'conversation.partyName',
  'conversation.contactId',
  'conversation.status',
  'conversation.assigneeId',
  'conversation.snoozedUntil',
  'conversation.snippet',
  'conversation.lastMessageAt',
  'conversation.lastDirection',
  'conversation.lastInboundMessageId',
  'conversation.lastInboundAt',
  'conversation.messageCount',
  'conversation.version',
] as const

export type ConversationRow = Omit<Selectable<Tables['conversation']>, 'organizationId' | 'createdAt' | 'searchText'> & { isUnread: boolean }

/** Whether the person has an inbound message here that they have not seen. An API key reads as nobody: nothing is unread. */
export const isUnread = (userId: string | null) =>
  (userId === null
    ? sql<boolean>`false`
    : sql<boolean>`conversation.last_inbound_at is not null and not exists (
        select from conversation_read as seen
        where seen.organization_id = conversation.organization_id and seen.user_id = ${userId}
          and seen.conversation_id = conversation.id and seen.seen_inbound_at >= conversation.last_inbound_at)`
  ).as('isUnread')

export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    channelId: row.channelId,
    channel: 'email',
    subject: row.subject,
    party: { address: row.partyAddress, name: row.partyName },
    contactId: row.contactId,
    status: row.status,
    assigneeId: row.assigneeId,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
    snippet: row.snippet,
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastDirection: row.lastDirection,
    lastInboundMessageId: row.lastInboundMessageId,
    messageCount: row.messageCount,
    isUnread: row.isUnread,
    version: row.version,
  }
}

const SNIPPET_CHARS = 200

/** The first words of a message, for the list. */
export const toSnippet = (text: string): string =>
  text
    .slice(0, 4 * SNIPPET_CHARS)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, SNIPPET_CHARS)
