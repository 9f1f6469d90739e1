import type { ColumnType } from 'kysely'

type Generated<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>
type Timestamp = ColumnType<Date, Date | string, Date | string>
type Json = ColumnType<unknown, string, string>

export interface Attachment {
  content: Uint8Array
  contentId: string | null
  contentType: string
  fileName: string
  id: Generated<string>
  messageId: string
  organizationId: Generated<string>
  position: number
  sizeBytes: number
}
export interface Channel {
  address: string
  createdAt: Generated<Timestamp>
  id: Generated<string>
  kind: Generated<string>
  lastError: string | null
  lastInboundAt: Timestamp | null
  lastOutboundAt: Timestamp | null
  name: string
  organizationId: Generated<string>
  pausedUntil: Timestamp | null
  signature: Generated<string>
  version: Generated<number>
}
export interface ContactAddress {
  address: string
  contactId: string
  organizationId: Generated<string>
}
export interface Conversation {
  assigneeId: string | null
  channelId: string
  contactId: string | null
  createdAt: Generated<Timestamp>
  id: Generated<string>
  lastDirection: string
  lastInboundAt: Timestamp | null
  lastInboundMessageId: string | null
  lastMessageAt: Generated<Timestamp>
  messageCount: Generated<number>
  organizationId: Generated<string>
  partyAddress: string
  partyName: string | null
  searchText: ColumnType<string, never, never>
  snippet: Generated<string>
  snoozedUntil: Timestamp | null
  status: Generated<string>
  subject: string
  version: Generated<number>
}
export interface ConversationRead {
  conversationId: string
  organizationId: Generated<string>
  seenInboundAt: Timestamp
  userId: string
}
export interface Delivery {
  answersMessageId: string | null
  attempts: Generated<number>
  channelId: string
  conversationId: string
  createdAt: Generated<Timestamp>
  deferrals: Generated<number>
  envelopeFrom: string
  fence: Generated<number>
  idempotencyKey: string
  leaseUntil: Timestamp | null
  messageId: string
  newerMessageId: string | null
  nextAttemptAt: Timestamp | null
  organizationId: Generated<string>
  reason: string | null
  resendEpoch: Generated<number>
  response: string | null
  sentAt: Timestamp | null
  state: string
  toAddress: string
  toName: string | null
}
export interface InboundAddress {
  address: string
  channelId: string
  tenantId: string
}
export interface LocalMail {
  conversationId: string | null
  fromAddress: string
  id: Generated<string>
  messageId: string | null
  organizationId: Generated<string>
  receivedAt: Generated<Timestamp>
  referenceIds: Generated<string[]>
  rfcMessageId: string | null
  source: Uint8Array
  subject: string
  text: string
  toAddresses: string[]
}
export interface Message {
  attachmentCount: Generated<number>
  authorId: string | null
  ccParties: Generated<Json>
  channelId: string
  contentKey: Uint8Array | null
  conversationId: string
  createdAt: Generated<Timestamp>
  direction: string
  draftId: string | null
  flags: Generated<string[]>
  fromAddress: string
  fromName: string | null
  html: string | null
  id: Generated<string>
  isAutoReply: Generated<boolean>
  language: string | null
  organizationId: Generated<string>
  quotedText: string | null
  referenceIds: Generated<string[]>
  replyToAddress: string | null
  rfcMessageId: string | null
  sourceKey: Uint8Array | null
  subject: string
  text: string
  toParties: Generated<Json>
}
export interface RawMessage {
  envelopeFrom: string
  envelopeTo: string[]
  messageId: string
  organizationId: Generated<string>
  sha256: Uint8Array
  sizeBytes: number
  source: Uint8Array
}
export interface Tables {
  attachment: Attachment
  channel: Channel
  contactAddress: ContactAddress
  conversation: Conversation
  conversationRead: ConversationRead
  delivery: Delivery
  inboundAddress: InboundAddress
  localMail: LocalMail
  message: Message
  rawMessage: RawMessage
}
