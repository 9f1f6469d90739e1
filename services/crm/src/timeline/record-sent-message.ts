import type { Envelope, EventData, messageSent } from '@ai-crm/contracts'
import { touchContact } from '../contacts/touch-contact.ts'
import type { Scope } from '../ctx.ts'
import { contactOfConversation } from './conversation-contact.ts'
import { recordEntry } from './record-entry.ts'

export async function recordSentMessage(scope: Scope, event: Envelope<EventData<typeof messageSent>>): Promise<void> {
  const { conversationId, text, sentAt } = event.data
  const contactId = (await contactOfConversation(scope.db, conversationId)) ?? event.data.contactId
  recordEntry(scope, event, { contactId, conversationId }, text)
  if (contactId !== null) touchContact(scope, contactId, sentAt)
}
