import type { Envelope, EventData, messageReceived } from '@ai-crm/contracts'
import { meetSender } from '../contacts/meet-sender.ts'
import { touchContact } from '../contacts/touch-contact.ts'
import type { Scope } from '../ctx.ts'
import { placeConversation, survivorOfContact } from './conversation-contact.ts'
import { recordOfConversation } from './record-entry.ts'

/** A customer wrote: they become a contact unless they are one, and the message becomes part of their story. */
export async function recordInboundMessage(scope: Scope, event: Envelope<EventData<typeof messageReceived>>): Promise<void> {
  const { from, conversationId, contactId: known, text, receivedAt } = event.data
  const contactId = await meetSender(scope, from)
  if (contactId !== null) {
    placeConversation(scope, conversationId, known === null ? contactId : survivorOfContact(known))
    touchContact(scope, contactId, receivedAt)
  }
  await recordOfConversation(scope, event, text)
}
