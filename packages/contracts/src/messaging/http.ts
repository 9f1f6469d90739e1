import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { FileScan } from '../core/file-scan.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'

export const Party = z.object({ address: z.string(), name: z.string().nullable() })
export type Party = z.infer<typeof Party>

export const ConversationStatus = z.enum(['open', 'snoozed', 'closed'])
export type ConversationStatus = z.infer<typeof ConversationStatus>

export const Conversation = z.object({
  id: z.uuid(),
  channelId: z.uuid(),
  channel: z.enum(['email', 'telegram']),
  subject: z.string(),
  party: Party,
  contactId: z.uuid().nullable(),
  status: ConversationStatus,
  assigneeId: z.uuid().nullable(),
  snoozedUntil: Instant.nullable(),
  snippet: z.string(),
  lastMessageAt: Instant,
  lastDirection: z.enum(['inbound', 'outbound']),
  /** Newest inbound message: what a draft or reply must have seen. */
  lastInboundMessageId: z.uuid().nullable(),
  messageCount: z.number().int(),
  /** Whether the person who asks has messages here that they have not seen. */
  isUnread: z.boolean(),
  version: z.number().int(),
})
export type Conversation = z.infer<typeof Conversation>

/** Inbound messages are `received`. Outbound: see the state machine in services/messaging/src/deliveries/delivery.ts. */
export const MessageState = z.enum(['received', 'queued', 'sending', 'sent', 'failed', 'unknown', 'held', 'cancelled'])
export type MessageState = z.infer<typeof MessageState>

export const Attachment = z.object({
  id: z.uuid(),
  fileName: z.string(),
  contentType: z.string(),
  sizeBytes: z.number().int(),
  /** Null: nobody asked a scanner. */
  scan: FileScan.nullable().optional(),
})
export type Attachment = z.infer<typeof Attachment>

export const Message = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  direction: z.enum(['inbound', 'outbound']),
  state: MessageState,
  from: Party,
  to: z.array(Party),
  cc: z.array(Party),
  subject: z.string(),
  /** What the person wrote, without quoted text and signature. */
  text: z.string(),
  /** The quoted rest, shown on demand. */
  quotedText: z.string().nullable(),
  /** Whether getMessageHtml has something to show. */
  hasHtml: z.boolean(),
  attachments: z.array(Attachment),
  /** Machine-readable: `unparsable`, `too-many-parts`, `html-too-complex`, `charset-unknown`, `no-message-id` … */
  flags: z.array(z.string()),
  isAutoReply: z.boolean(),
  authorId: z.uuid().nullable(),
  draftId: z.uuid().nullable(),
  rfcMessageId: z.string().nullable(),
  /** Why it failed, is held or unknown, in words for people. */
  reason: z.string().nullable(),
  /** While queued: until when it can be taken back. */
  sendAfter: Instant.nullable(),
  attempts: z.number().int(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
})
export type Message = z.infer<typeof Message>

export const SafeHtml = z.object({
  /**
   * A whole document for `<iframe sandbox srcdoc>` that can load nothing. Remote images that were asked for stand in it
   * as `data-remote-image="<index>"`, to become `src="data:…"` with what getRemoteImage answers.
   */
  html: z.string(),
  blockedRemoteCount: z.number().int(),
})
export type SafeHtml = z.infer<typeof SafeHtml>

export const Channel = z.object({
  id: z.uuid(),
  kind: z.enum(['email']),
  name: z.string(),
  address: z.string(),
  signature: z.string(),
  /** Where replies go: the configured relay, or the mailbox inside the product that stands in for the world. */
  transport: z.enum(['relay', 'local-mailbox']),
  relayHost: z.string().nullable(),
  /** Where this installation takes mail for `address` by SMTP (for a first e-mail by hand); null when only an MX in front of it is public. */
  smtpPort: z.number().int().nullable(),
  health: z.object({
    status: z.enum(['ok', 'failing', 'unused']),
    lastInboundAt: Instant.nullable(),
    lastOutboundAt: Instant.nullable(),
    lastError: z.string().nullable(),
  }),
  version: z.number().int(),
})
export type Channel = z.infer<typeof Channel>

export const LocalMail = z.object({
  id: z.uuid(),
  messageId: z.uuid().nullable(),
  conversationId: z.uuid().nullable(),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  receivedAt: Instant,
})
export type LocalMail = z.infer<typeof LocalMail>

const conversationParams = idParams('conversationId')
const messageParams = idParams('messageId')
const channelParams = idParams('channelId')

export const ConversationSearch = PageQuery.extend({
  folder: z.enum(['open', 'mine', 'unassigned', 'snoozed', 'closed', 'all']).default('open'),
  contactId: z.uuid().optional(),
  search: z.string().trim().max(200).optional(),
})
export type ConversationSearch = z.infer<typeof ConversationSearch>

export const SendReply = z.strictObject({
  text: z.string().trim().min(1).max(100_000),
  subject: Line(500).optional(),
  /** The newest inbound message that the writer has seen; a newer one is answered with 409 unless `force`. */
  answersMessageId: z.uuid().nullable().default(null),
  force: z.boolean().default(false),
})
export type SendReply = z.infer<typeof SendReply>

export const messagingEndpoints = defineEndpoints('messaging', {
  listConversations: {
    method: 'GET', path: '/conversations', summary: 'List conversations, newest message first',
    access: 'messaging.conversation.read', idempotency: 'safe', query: ConversationSearch, response: pageOf(Conversation), status: 200,
  },
  countConversations: {
    method: 'GET', path: '/conversations/counts', summary: 'Conversations per folder, counted up to 1,000',
    access: 'messaging.conversation.read', idempotency: 'safe', status: 200,
    response: z.object({ open: z.number(), mine: z.number(), unassigned: z.number(), snoozed: z.number(), closed: z.number(), unread: z.number() }),
  },
  getConversation: {
    method: 'GET', path: '/conversations/:conversationId', summary: 'Read one conversation',
    access: 'messaging.conversation.read', idempotency: 'safe', params: conversationParams, response: Conversation, status: 200, concurrency: 'etag',
  },
  updateConversation: {
    method: 'PATCH', path: '/conversations/:conversationId', summary: 'Close, reopen, snooze or assign a conversation',
    access: 'messaging.conversation.update', idempotency: 'key', params: conversationParams,
    body: z.strictObject({
      status: ConversationStatus.optional(),
      assigneeId: z.uuid().nullable().optional(),
      snoozedUntil: Instant.nullable().optional(),
    }),
    response: Conversation, status: 200, concurrency: 'if-match',
  },
  markConversationRead: {
    method: 'PUT', path: '/conversations/:conversationId/read', summary: 'Remember that I have seen everything up to now, or (isRead false) that I have not',
    access: 'messaging.conversation.read', idempotency: 'natural', params: conversationParams,
    body: z.strictObject({ isRead: z.boolean().default(true) }), status: 204,
  },
  listMessages: {
    method: 'GET', path: '/conversations/:conversationId/messages', summary: 'Messages of a conversation, newest first',
    access: 'messaging.conversation.read', idempotency: 'safe', params: conversationParams, query: PageQuery, response: pageOf(Message), status: 200,
  },
  sendReply: {
    method: 'POST', path: '/conversations/:conversationId/messages', summary: 'Queue a reply',
    access: 'messaging.message.send', idempotency: 'key', params: conversationParams, body: SendReply, response: Message, status: 202, cost: 5,
  },
  cancelMessage: {
    method: 'POST', path: '/messages/:messageId/cancel', summary: 'Take back a reply that has not left yet',
    access: 'messaging.message.send', idempotency: 'key', params: messageParams, response: Message, status: 200,
  },
  resolveMessage: {
    method: 'POST', path: '/messages/:messageId/resolve', summary: 'Decide about a failed, held or unknown reply',
    access: 'messaging.message.send', idempotency: 'key', params: messageParams,
    /** `send`: send it (again) knowingly. `discard`: it does not leave. `treat-as-sent`: I know that it arrived. */
    body: z.strictObject({ decision: z.enum(['send', 'discard', 'treat-as-sent']) }), response: Message, status: 200, cost: 5,
  },
  getMessageHtml: {
    method: 'GET', path: '/messages/:messageId/html', summary: 'The sanitised HTML of a message',
    access: 'messaging.conversation.read', idempotency: 'safe', params: messageParams,
    query: z.object({ remoteImages: z.enum(['block', 'show']).default('block') }), response: SafeHtml, status: 200, cost: 3,
  },
  getRemoteImage: {
    method: 'GET', path: '/messages/:messageId/images/:index', summary: 'A remote image of a message, fetched by us: its sender does not see who looks',
    access: 'messaging.conversation.read', idempotency: 'safe',
    params: z.object({ messageId: z.uuid(), index: z.coerce.number().int().min(0).max(99) }), produces: 'application/octet-stream', status: 200, cost: 3,
  },
  getMessageSource: {
    method: 'GET', path: '/messages/:messageId/source', summary: 'The message exactly as it arrived (RFC 5322)',
    access: 'messaging.conversation.read', idempotency: 'safe', params: messageParams, produces: 'application/octet-stream', status: 200, cost: 3,
  },
  getAttachment: {
    method: 'GET', path: '/messages/:messageId/attachments/:attachmentId', summary: 'Download an attachment',
    access: 'messaging.conversation.read', idempotency: 'safe',
    params: z.object({ messageId: z.uuid(), attachmentId: z.uuid() }), produces: 'application/octet-stream', status: 200, cost: 3,
  },
  listChannels: {
    method: 'GET', path: '/channels', summary: 'Mail channels with their health (at most 100)',
    access: 'messaging.channel.read', idempotency: 'safe', response: z.object({ items: z.array(Channel).max(100) }), status: 200,
  },
  updateChannel: {
    method: 'PATCH', path: '/channels/:channelId', summary: 'Change the name or signature of a channel',
    access: 'messaging.channel.manage', idempotency: 'key', params: channelParams,
    body: z.strictObject({ name: Line(100).optional(), signature: z.string().max(2000).optional() }),
    response: Channel, status: 200, concurrency: 'if-match',
  },
  listLocalMail: {
    method: 'GET', path: '/local-mailbox', summary: 'What was sent while no relay is configured, newest first',
    access: 'messaging.channel.read', idempotency: 'safe', query: PageQuery, response: pageOf(LocalMail), status: 200,
  },
  answerLocalMail: {
    method: 'POST', path: '/local-mailbox/:localMailId/answer', summary: 'Answer as the customer would, by SMTP to this installation',
    access: 'messaging.channel.manage', idempotency: 'key', params: idParams('localMailId'),
    body: z.strictObject({ text: z.string().trim().min(1).max(20_000) }), status: 202, cost: 5,
  },
})
