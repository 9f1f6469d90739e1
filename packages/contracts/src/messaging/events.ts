import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { definePersonDelayed, definePersonErased, definePersonExported } from '../core/person-data.ts'
import { Instant } from '../core/page.ts'
import { defineSagaAnswer } from '../core/saga.ts'

/** Every message event belongs to its conversation: order is promised inside a conversation. */
const conversation = { type: 'conversation', id: 'conversationId' } as const
const Party = z.object({ address: z.string(), name: z.string().nullable() })

/** Messaging’s part in sagas of other services. */
export const messagingSagaAnswered = defineSagaAnswer('messaging-saga.answered')

/** A conversation began. `contactId` is null while CRM has not met the sender. */
export const conversationOpened = defineEvent(
  'conversation.opened',
  1,
  conversation,
  z.object({
    conversationId: z.uuid(),
    channelId: z.uuid(),
    subject: z.string(),
    party: Party,
    contactId: z.uuid().nullable(),
  }),
  { visibility: 'public' },
)

/** CRM's contact was found for the other party. */
export const conversationLinked = defineEvent(
  'conversation.linked',
  1,
  conversation,
  z.object({
    conversationId: z.uuid(),
    contactId: z.uuid(),
  }),
  { visibility: 'public' },
)

/** Only what changed; null clears. */
export const conversationUpdated = defineEvent(
  'conversation.updated',
  1,
  conversation,
  z.object({
    conversationId: z.uuid(),
    changes: z.object({
      status: z.object({ from: z.string(), to: z.string() }).optional(),
      assigneeId: z.object({ from: z.uuid().nullable(), to: z.uuid().nullable() }).optional(),
      snoozedUntil: z.object({ from: Instant.nullable(), to: Instant.nullable() }).optional(),
    }),
  }),
  { visibility: 'public' },
)

/** A customer wrote. `text` is what the person wrote, without quotes and signature, cut at 20,000 characters. */
export const messageReceived = defineEvent(
  'message.received',
  1,
  conversation,
  z.object({
    messageId: z.uuid(),
    conversationId: z.uuid(),
    channel: z.enum(['email', 'telegram']),
    contactId: z.uuid().nullable(),
    from: Party,
    subject: z.string(),
    text: z.string(),
    /** BCP 47 guess of the text's language: `ru`, `en`, or null. */
    language: z.string().nullable(),
    /** RFC 3834: never answered automatically, does not make a draft. */
    isAutoReply: z.boolean(),
    attachmentCount: z.number().int(),
    /** Why parts of the message could not be read; the raw source is kept. Empty when all is well. */
    flags: z.array(z.string()),
    receivedAt: Instant,
  }),
  { visibility: 'public' },
)

/** What the outbound events share. `draftId` is set where a person approved a draft of the AI. */
const outbound = z.object({
  messageId: z.uuid(),
  conversationId: z.uuid(),
  contactId: z.uuid().nullable(),
  draftId: z.uuid().nullable(),
  to: Party,
})
/** A reply is stored with its Message-ID and exact bytes; it leaves next. */
export const messageQueued = defineEvent(
  'message.queued',
  1,
  conversation,
  outbound.extend({
    subject: z.string(),
    text: z.string(),
    authorId: z.uuid().nullable(),
  }),
  { visibility: 'public' },
)
/** The relay accepted the message: `response` is what it said. */
export const messageSent = defineEvent(
  'message.sent',
  1,
  conversation,
  outbound.extend({
    subject: z.string(),
    text: z.string(),
    authorId: z.uuid().nullable(),
    rfcMessageId: z.string(),
    sentAt: Instant,
    response: z.string(),
  }),
  { visibility: 'public', hiddenFields: ['response', 'rfcMessageId'] },
)
/** Certainly not delivered, and no more attempts follow by themselves. */
export const messageFailed = defineEvent('message.failed', 1, conversation, outbound.extend({ reason: z.string() }), { visibility: 'public' })
/** It may or may not have left (a crash or a lost answer after DATA): never sent again without a person's word. */
export const messageUnconfirmed = defineEvent('message.unconfirmed', 1, conversation, outbound.extend({ reason: z.string() }), { visibility: 'public' })
/** Stopped before it left, because the customer wrote again after the draft was approved. */
export const messageHeld = defineEvent('message.held', 1, conversation, outbound.extend({ newerMessageId: z.uuid() }), { visibility: 'public' })
/** A person took it back before it left. */
export const messageCancelled = defineEvent('message.cancelled', 1, conversation, outbound, { visibility: 'public' })

/** The scanner found malware in an attachment, when it came or when its signatures got newer. It is kept, and given to nobody from now on. */
export const messageInfected = defineEvent(
  'message.infected',
  1,
  conversation,
  z.object({ messageId: z.uuid(), conversationId: z.uuid(), attachmentId: z.uuid(), finding: z.string().max(200) }),
)

export const channelCreated = defineEvent(
  'channel.created',
  1,
  { type: 'channel', id: 'channelId' },
  z.object({
    channelId: z.uuid(),
    kind: z.enum(['email']),
    address: z.string(),
    name: z.string(),
  }),
  { visibility: 'public' },
)
export const channelUpdated = defineEvent(
  'channel.updated',
  1,
  { type: 'channel', id: 'channelId' },
  z.object({
    channelId: z.uuid(),
    changes: z.object({
      name: z.object({ from: z.string(), to: z.string() }).optional(),
      signature: z.object({ from: z.string(), to: z.string() }).optional(),
    }),
  }),
  { visibility: 'public' },
)

export const messagingPersonErased = definePersonErased('messaging-person.erased')
export const messagingPersonDelayed = definePersonDelayed('messaging-person.delayed')
export const messagingPersonExported = definePersonExported('messaging-person.exported')
