// Generated from services/messaging/migrations by `node tools/generate-tables.ts messaging`: change those.
import type { Computed, Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  channel: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    kind: Defaulted<string>
    name: string
    address: string
    signature: Defaulted<string>
    version: Defaulted<number>
    lastInboundAt: Instant | null
    lastOutboundAt: Instant | null
    lastError: string | null
    pausedUntil: Instant | null
    createdAt: Defaulted<Instant>
  }
  conversation: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    channelId: string
    subject: string
    partyAddress: string
    partyName: string | null
    contactId: string | null
    status: Defaulted<'open' | 'snoozed' | 'closed'>
    assigneeId: string | null
    snoozedUntil: Instant | null
    snippet: Defaulted<string>
    lastMessageAt: Defaulted<Instant>
    lastDirection: 'inbound' | 'outbound'
    lastInboundMessageId: string | null
    lastInboundAt: Instant | null
    messageCount: Defaulted<number>
    version: Defaulted<number>
    createdAt: Defaulted<Instant>
    searchText: Computed<string | null>
  }
  conversationRead: {
    organizationId: Defaulted<string>
    userId: string
    conversationId: string
    seenInboundAt: Instant
  }
  contactAddress: {
    organizationId: Defaulted<string>
    contactId: string
    address: string
  }
  message: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    conversationId: string
    channelId: string
    direction: 'inbound' | 'outbound'
    fromAddress: string
    fromName: string | null
    replyToAddress: string | null
    toParties: Defaulted<Json<unknown>>
    ccParties: Defaulted<Json<unknown>>
    subject: string
    text: string
    quotedText: string | null
    html: string | null
    language: string | null
    flags: Defaulted<string[]>
    isAutoReply: Defaulted<boolean>
    attachmentCount: Defaulted<number>
    authorId: string | null
    draftId: string | null
    rfcMessageId: string | null
    referenceIds: Defaulted<string[]>
    createdAt: Defaulted<Instant>
    contentKey: Buffer | null
    sourceKey: Buffer | null
  }
  rawMessage: {
    organizationId: Defaulted<string>
    messageId: string
    source: Buffer | null
    sha256: Buffer
    sizeBytes: number
    envelopeFrom: string
    envelopeTo: string[]
  }
  attachment: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    messageId: string
    position: number
    fileName: string
    contentType: string
    sizeBytes: number
    contentId: string | null
    content: Buffer | null
    scanState: 'waiting' | 'clean' | 'infected' | 'unscannable' | null
    scanFinding: string | null
    scannedWith: string | null
  }
  delivery: {
    organizationId: Defaulted<string>
    messageId: string
    conversationId: string
    channelId: string
    state: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'held' | 'cancelled'
    idempotencyKey: string
    resendEpoch: Defaulted<number>
    toAddress: string
    toName: string | null
    envelopeFrom: string
    attempts: Defaulted<number>
    deferrals: Defaulted<number>
    fence: Defaulted<number>
    leaseUntil: Instant | null
    nextAttemptAt: Instant | null
    reason: string | null
    response: string | null
    answersMessageId: string | null
    newerMessageId: string | null
    sentAt: Instant | null
    createdAt: Defaulted<Instant>
  }
  localMail: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    messageId: string | null
    conversationId: string | null
    fromAddress: string
    toAddresses: string[]
    subject: string
    text: string
    rfcMessageId: string | null
    referenceIds: Defaulted<string[]>
    source: Buffer | null
    receivedAt: Defaulted<Instant>
  }
  messageChunk: {
    organizationId: Defaulted<string>
    messageId: string
    part: number
    position: number
    bytes: Buffer
  }
  systemMail: {
    organizationId: Defaulted<string>
    id: string
    toAddress: string
    template: string
    locale: 'en' | 'ru'
    state: Defaulted<'queued' | 'sent' | 'failed' | 'expired'>
    sealedParameters: Buffer | null
    attempts: Defaulted<number>
    reason: string | null
    response: string | null
    expiresAt: Instant
    createdAt: Defaulted<Instant>
    sentAt: Instant | null
  }
  teamMember: {
    organizationId: Defaulted<string>
    teamId: string
    userId: string
  }
  contactOtherAddress: {
    organizationId: Defaulted<string>
    address: string
    contactId: string
  }
  movedConversation: {
    organizationId: Defaulted<string>
    mergedId: string
    conversationId: string
  }
  mergedContact: {
    organizationId: Defaulted<string>
    mergedId: string
    survivorId: string
  }
}
