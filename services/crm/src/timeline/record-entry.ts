import type { Envelope } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { contactOfConversation } from './conversation-contact.ts'
import { excerptOf, withoutLongParts } from './timeline-entry.ts'

export interface Place {
  readonly contactId: string | null
  readonly conversationId: string | null
}

/** Writes the event into the story, at COMMIT; once, however often it is told. */
export function recordEntry({ db, atCommit }: Pick<Scope, 'db' | 'atCommit'>, event: Envelope<object>, place: Place, text: string | null): void {
  const entry = db
    .insertInto('timelineEntry')
    .values({
      ...place,
      id: event.id,
      type: event.type,
      occurredAt: event.occurredAt,
      actor: JSON.stringify(event.actor),
      excerpt: excerptOf(text),
      data: JSON.stringify(withoutLongParts(event.data)),
    })
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
  atCommit(entry)
}

type OfConversation = Envelope<{ conversationId: string; contactId?: string | null | undefined }>

/** Into the story of whomever the conversation is with; found later by `linkConversation` where that is not known yet. */
export async function recordOfConversation(scope: Scope, event: OfConversation, text: string | null): Promise<void> {
  const { conversationId } = event.data
  const contactId = (await contactOfConversation(scope.db, conversationId)) ?? event.data.contactId ?? null
  recordEntry(scope, event, { contactId, conversationId }, text)
}

/** Into the story of the contact that the event is about. */
export async function recordOfContact(scope: Scope, event: Envelope<{ contactId: string }>): Promise<void> {
  recordEntry(scope, event, { contactId: event.data.contactId, conversationId: null }, null)
}
