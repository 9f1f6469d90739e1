import { messageQueued, messageReceived, messageSent } from '@ai-crm/contracts'
import type { TestService } from '@ai-crm/testing'
import { v7 as uuidV7 } from 'uuid'

/** A conversation as messaging would tell of it: its events in order, with their versions. */
export function startConversation(ai: TestService, organizationId: string, customer: { name?: string; contactId?: string } = {}) {
  const conversationId = uuidV7()
  const contactId = customer.contactId ?? null
  const party = { address: 'ada@example.org', name: customer.name ?? 'Ada Lovelace' }
  let latest = 0
  /** The conversation's next version, or an older one for an event that comes late. */
  const versionOf = (given?: number) => (latest = given ?? latest + 1)

  return {
    conversationId,
    /** The customer writes. Returns the message's id. */
    async receive(text: string, extra: { isAutoReply?: boolean; eventId?: string; version?: number } = {}): Promise<string> {
      const messageId = uuidV7()
      await ai.deliver(
        messageReceived({
          messageId,
          conversationId,
          channel: 'email',
          contactId,
          from: party,
          subject: 'Question',
          text,
          language: null,
          isAutoReply: extra.isAutoReply ?? false,
          attachmentCount: 0,
          flags: [],
          receivedAt: new Date().toISOString(),
        }),
        { organizationId, aggregateVersion: versionOf(extra.version), ...(extra.eventId ? { id: extra.eventId } : {}) },
      )
      return messageId
    },
    /** A colleague answers by hand. Returns the message's id. */
    async answer(text: string, extra: { version?: number } = {}): Promise<string> {
      const messageId = uuidV7()
      const reply = { messageId, conversationId, contactId, draftId: null, to: party, subject: 'Re: Question', text, authorId: uuidV7() }
      await ai.deliver(messageQueued(reply), { organizationId, aggregateVersion: versionOf(extra.version) })
      await ai.deliver(messageSent({ ...reply, rfcMessageId: '<1@acme.example>', sentAt: new Date().toISOString(), response: '250 OK' }), {
        organizationId,
        aggregateVersion: versionOf(),
      })
      return messageId
    },
  }
}
