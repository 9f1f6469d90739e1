import type { Envelope } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { defineGathering } from '@ai-crm/platform'
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

interface OfRecord {
  readonly event: Envelope<object>
  readonly contactId?: string
  readonly companyId?: string
  readonly dealId?: string
}

/** Rows as JSON. */
const RECORD_ENTRIES = defineGathering<string>({
  sizeOf: (row) => row.length,
  statementOf: (rows) => sql`
    insert into timeline_entry (id, type, occurred_at, actor, data, contact_id, company_id, deal_id)
    select id, type, occurred_at, actor, data, contact_id, company_id, deal_id
      from jsonb_to_recordset(${`[${rows.join(',')}]`}::jsonb)
        as given (id uuid, type text, occurred_at timestamptz, actor jsonb, data jsonb, contact_id uuid, company_id uuid, deal_id uuid)
    on conflict (organization_id, id) do nothing`,
})

const rowOf = ({ event, contactId, companyId, dealId }: OfRecord): string =>
  JSON.stringify({
    id: event.id,
    type: event.type,
    occurred_at: event.occurredAt,
    actor: event.actor,
    data: withoutLongParts(event.data),
    contact_id: contactId,
    company_id: companyId,
    deal_id: dealId,
  })

type Gather = Pick<Scope, 'gather'>

/** Into the story of the contact that the event is about, at COMMIT. */
export const recordOfContact = async ({ gather }: Gather, event: OfContact): Promise<void> =>
  gather(RECORD_ENTRIES, rowOf({ event, contactId: event.data.contactId }))

/** Into the story of the company that the event is about, at COMMIT. */
export const recordOfCompany = async ({ gather }: Gather, event: OfCompany): Promise<void> =>
  gather(RECORD_ENTRIES, rowOf({ event, companyId: event.data.companyId }))

/** Into the story of the deal that the event is about, at COMMIT. */
export const recordOfDeal = async ({ gather }: Gather, event: OfDeal): Promise<void> => gather(RECORD_ENTRIES, rowOf({ event, dealId: event.data.dealId }))

/** Where its pipeline says nothing of what happens then, being won is the whole story. */
export async function recordOfHandOver(scope: Gather, event: Envelope<{ dealId: string; handOverId: string | null }>): Promise<void> {
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
