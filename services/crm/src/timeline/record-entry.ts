import type { Envelope } from '@ai-crm/contracts'
import type { Db, Scope } from '../ctx.ts'
import { contactOfConversation } from './conversation-contact.ts'
import { excerptOf, withoutLongParts } from './timeline-entry.ts'

export interface Place {
  readonly contactId: string | null
  readonly conversationId: string | null
}

/** Writes the event into the story; once, however often it is told. */
export async function recordEntry(db: Db, event: Envelope<object>, place: Place, text: string | null): Promise<void> {
  await db
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
    .execute()
}

type OfConversation = Envelope<{ conversationId: string; contactId?: string | null | undefined }>

/** Into the story of whomever the conversation is with; found later by `linkConversation` where that is not known yet. */
export async function recordOfConversation({ db }: Scope, event: OfConversation, text: string | null): Promise<void> {
  const { conversationId } = event.data
  const contactId = (await contactOfConversation(db, conversationId)) ?? event.data.contactId ?? null
  await recordEntry(db, event, { contactId, conversationId }, text)
}

/** Into the story of the contact that the event is about. */
export async function recordOfContact({ db }: Scope, event: Envelope<{ contactId: string }>): Promise<void> {
  await recordEntry(db, event, { contactId: event.data.contactId, conversationId: null }, null)
}
