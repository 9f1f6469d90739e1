import {
  conversationLinked,
  conversationOpened,
  conversationUpdated,
  messageCancelled,
  messageFailed,
  messageHeld,
  messageQueued,
  messageReceived,
  messageSent,
} from '@ai-crm/contracts'
import type { Envelope, EventData } from '@ai-crm/contracts'
import { ai, type Scope } from '../ctx.ts'
import { draftForMessage, readDraftSituation } from '../drafts/draft-for-message.ts'
import { outdateDraft } from '../drafts/outdate-draft.ts'
import { knowConversation, noteConversation } from './know-conversation.ts'
import { markNewest } from './mark-newest.ts'
import { recordMessage } from './record-message.ts'

const rememberConversation = ai.consume({
  name: 'ai.remember-conversation',
  event: conversationOpened,
  async handle(scope, { data }) {
    noteConversation(scope, {
      id: data.conversationId,
      contactId: data.contactId,
      subject: data.subject,
      partyAddress: data.party.address,
      partyName: data.party.name,
    })
  },
})

const rememberContactOfConversation = ai.consume({
  name: 'ai.remember-contact-of-conversation',
  event: conversationLinked,
  async handle({ db, run }, { data }) {
    const { contactId } = data
    run(db.updateTable('conversation').set({ contactId }).where('id', '=', data.conversationId))
    // The first draft begins before CRM has met the sender, and a contact may be merged into another. Its version stays: nothing that a person
    // decides about changes.
    run(db.updateTable('draft').set({ contactId }).where('conversationId', '=', data.conversationId).where('contactId', 'is distinct from', contactId))
  },
})

const rememberAssignee = ai.consume({
  name: 'ai.remember-assignee',
  event: conversationUpdated,
  async handle({ db }, { data: { conversationId, changes } }) {
    if (!changes.assigneeId) return
    await db.updateTable('conversation').set({ assigneeId: changes.assigneeId.to }).where('id', '=', conversationId).execute()
  },
})

const answerCustomer = ai.consume({
  name: 'ai.answer-customer',
  event: messageReceived,
  async handle(scope, { data, aggregate }) {
    const knowing = knowConversation(scope, {
      id: data.conversationId,
      contactId: data.contactId,
      subject: data.subject,
      partyAddress: data.from.address,
      partyName: data.from.name,
    })
    const recording = recordMessage(scope, {
      conversationId: data.conversationId,
      id: data.messageId,
      sequence: aggregate.version,
      direction: 'inbound',
      text: data.text,
      language: data.language,
      isAutoReply: data.isAutoReply,
      occurredAt: data.receivedAt,
    })
    // One round trip, the conversation's lock first.
    const [, isNew, isNewest, situation] = await Promise.all([
      knowing,
      recording,
      markNewest(scope, data.conversationId, { id: data.messageId, sequence: aggregate.version }),
      readDraftSituation(scope, data.conversationId),
    ])
    // An event that was parked and comes after a newer one is history, nothing to answer.
    if (!isNew || !isNewest) return

    await draftForMessage(
      scope,
      {
        conversationId: data.conversationId,
        contactId: data.contactId,
        messageId: data.messageId,
        sequence: aggregate.version,
        isAutoReply: data.isAutoReply,
      },
      situation,
    )
  },
})

/** A colleague answered: `message.queued` first, `message.sent` for the same message later. */
async function rememberReply(scope: Scope, { data, aggregate, occurredAt }: Envelope<EventData<typeof messageQueued>>): Promise<void> {
  await knowConversation(scope, {
    id: data.conversationId,
    contactId: data.contactId,
    subject: data.subject,
    partyAddress: data.to.address,
    partyName: data.to.name,
  })
  const isNew = await recordMessage(scope, {
    conversationId: data.conversationId,
    id: data.messageId,
    sequence: aggregate.version,
    direction: 'outbound',
    text: data.text,
    language: null,
    isAutoReply: false,
    occurredAt,
  })
  if (isNew) await outdateDraft(scope, { conversationId: data.conversationId, byMessageId: data.messageId, bySequence: aggregate.version })
}

const rememberQueuedReply = ai.consume({ name: 'ai.remember-queued-reply', event: messageQueued, handle: rememberReply })
const rememberSentReply = ai.consume({ name: 'ai.remember-sent-reply', event: messageSent, handle: rememberReply })

/** What did not reach the customer is no part of the conversation that the next draft is written from. */
async function forgetReply({ db }: Scope, { data }: Envelope<{ messageId: string }>): Promise<void> {
  await db.deleteFrom('conversationMessage').where('id', '=', data.messageId).execute()
}

const forgetCancelledReply = ai.consume({ name: 'ai.forget-cancelled-reply', event: messageCancelled, handle: forgetReply })
const forgetHeldReply = ai.consume({ name: 'ai.forget-held-reply', event: messageHeld, handle: forgetReply })
const forgetFailedReply = ai.consume({ name: 'ai.forget-failed-reply', event: messageFailed, handle: forgetReply })

export const conversationConsumers = [
  rememberConversation,
  rememberContactOfConversation,
  rememberAssignee,
  answerCustomer,
  rememberQueuedReply,
  rememberSentReply,
  forgetCancelledReply,
  forgetHeldReply,
  forgetFailedReply,
]
