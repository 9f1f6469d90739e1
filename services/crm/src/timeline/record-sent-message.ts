import type { Envelope, EventData, messageSent } from '@ai-crm/contracts'
import { touchContactOfConversation } from '../contacts/touch-contact.ts'
import type { Scope } from '../ctx.ts'
import { recordOfConversation } from './record-entry.ts'

export async function recordSentMessage(scope: Scope, event: Envelope<EventData<typeof messageSent>>): Promise<void> {
  const { conversationId, contactId, text, sentAt } = event.data
  await recordOfConversation(scope, event, text)
  touchContactOfConversation(scope, { conversationId, contactId }, sentAt)
}
