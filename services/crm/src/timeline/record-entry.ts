import type { Envelope } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Abouts } from '../about/errors.ts'
import type { Scope } from '../ctx.ts'
import { placeOfConversation, survivorOfContact } from './conversation-contact.ts'
import { excerptOf, withoutLongParts } from './timeline-entry.ts'

type AtCommit = Pick<Scope, 'db' | 'atCommit'>
type OfContact = Envelope<{ contactId: string }>
type OfCompany = Envelope<{ companyId: string }>
type OfDeal = Envelope<{ dealId: string }>
type OfTask = Envelope<Abouts & { title: string }>
type OfNote = Envelope<Abouts & { body: string }>
type OfFile = Envelope<Abouts & { name: string }>
type OfConversation = Envelope<{ conversationId: string; contactId?: string | null | undefined }>

/** What the story tells of an event; once, however often it is told. */
const entryOf = (event: Envelope<object>, text: string | null) => ({
  id: event.id,
  type: event.type,
  occurredAt: event.occurredAt,
  actor: JSON.stringify(event.actor),
  excerpt: excerptOf(text),
  data: JSON.stringify(withoutLongParts(event.data)),
})

/** Into the story of the contact that the event is about, at COMMIT. */
export async function recordOfContact({ db, atCommit }: AtCommit, event: OfContact): Promise<void> {
  const entry = db
    .insertInto('timelineEntry')
    .values({ ...entryOf(event, null), contactId: event.data.contactId, conversationId: null })
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
  atCommit(entry)
}

/** Into the story of the company that the event is about, at COMMIT. */
export async function recordOfCompany({ db, atCommit }: AtCommit, event: OfCompany): Promise<void> {
  const entry = db
    .insertInto('timelineEntry')
    .values({ ...entryOf(event, null), contactId: null, companyId: event.data.companyId, conversationId: null })
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
  atCommit(entry)
}

/** Into the story of the deal that the event is about, at COMMIT. */
export async function recordOfDeal({ db, atCommit }: AtCommit, event: OfDeal): Promise<void> {
  const entry = db
    .insertInto('timelineEntry')
    .values({ ...entryOf(event, null), contactId: null, dealId: event.data.dealId, conversationId: null })
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
  atCommit(entry)
}

/** Where its pipeline says nothing of what happens then, being won is the whole story. */
export async function recordOfHandOver(scope: AtCommit, event: Envelope<{ dealId: string; handOverId: string | null }>): Promise<void> {
  if (event.data.handOverId !== null) await recordOfDeal(scope, event)
}

export const recordOfTask = (scope: AtCommit, event: OfTask): Promise<void> => recordAbout(scope, event, event.data.title)
export const recordOfFile = (scope: AtCommit, event: OfFile): Promise<void> => recordAbout(scope, event, event.data.name)
export const recordOfNote = (scope: AtCommit, event: OfNote): Promise<void> => recordAbout(scope, event, event.data.body)

const survivorOfCompany = (companyId: string): RawBuilder<string> => sql<string>`crm.survivor_of_company(${companyId}::uuid)`

/** Into the story of the record that something is about, at COMMIT; what is about nothing is in no story. */
async function recordAbout({ db, atCommit }: AtCommit, event: Envelope<Abouts>, text: string): Promise<void> {
  const { contactId, companyId, dealId } = event.data
  if (contactId === null && companyId === null && dealId === null) return
  const entry = db
    .insertInto('timelineEntry')
    .values({
      ...entryOf(event, text),
      contactId: contactId === null ? null : survivorOfContact(contactId),
      companyId: companyId === null ? null : survivorOfCompany(companyId),
      dealId,
      conversationId: null,
    })
    .onConflict((conflict) => conflict.columns(['organizationId', 'id']).doNothing())
  atCommit(entry)
}

/** Into the story of whomever the conversation is with, at COMMIT; found later by `linkConversation` where that is not known yet. */
export async function recordOfConversation({ atCommit }: AtCommit, event: OfConversation, text: string | null): Promise<void> {
  const { id, type, occurredAt, actor, excerpt, data } = entryOf(event, text)
  const { conversationId, contactId = null } = event.data
  atCommit(sql`
    with ${placeOfConversation(conversationId)}
    insert into timeline_entry (contact_id, conversation_id, id, type, occurred_at, actor, excerpt, data)
    select coalesce(place.contact_id, crm.survivor_of_contact(${contactId}::uuid)), ${conversationId}::uuid, ${id}::uuid, ${type}, ${occurredAt}::timestamptz,
           ${actor}::jsonb, ${excerpt}, ${data}::jsonb
      from place
    on conflict (organization_id, id) do nothing`)
}
