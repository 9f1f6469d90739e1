import { z } from 'zod'
import { Actor } from '../core/event.ts'
import { Email } from '../auth/http.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { markRecord } from '../core/record.ts'
import { CustomValues, GivenCustom } from './field-kinds.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'
import { ListQuery } from './list-query.ts'
import { Summary, SummaryQuery } from './list-summary.ts'
import { ContactEmail, ContactPhone, ContactTelegram, Emails, Phones, Telegrams } from './contact-addresses.ts'
import { givenPerson, shownPerson } from './contact-person.ts'
import { TagIds } from './tags.ts'

const optional = (max: number) => Line(max).nullable().default(null)

export const CreateContact = markRecord('contact', z.strictObject({
  name: Line(200),
  /** The primary one, where that is all; else `emails`, whose first it then is. */
  email: Email.nullable().default(null),
  emails: Emails.optional(),
  /** As `email`. Numbers without a country are read as those of the language that the request accepts. */
  phone: optional(40),
  phones: Phones.optional(),
  telegrams: Telegrams.default([]),
  company: optional(200),
  /** Links a company, whose name `company` then is, whatever stands there. */
  companyId: z.uuid().nullable().default(null),
  position: optional(200),
  note: optional(5000),
  tagIds: TagIds.default([]),
  /** Whose the contact will be. Absent: of whoever makes it; null: nobody's. */
  ownerId: z.uuid().nullable().optional(),
  ...givenPerson,
  custom: GivenCustom.default({}),
}))
export type CreateContact = z.infer<typeof CreateContact>

/** Absent fields stay as they are; null empties one. */
export const UpdateContact = markRecord('contact', z.strictObject({
  name: Line(200).optional(),
  /** Takes the place of the primary one; null takes that out, and the next one is primary. */
  email: Email.nullable().optional(),
  emails: Emails.optional(),
  phone: Line(40).nullable().optional(),
  phones: Phones.optional(),
  telegrams: Telegrams.optional(),
  /** Another text than the name of the linked company ends the link. */
  company: Line(200).nullable().optional(),
  /** Links a company, whose name `company` becomes; null ends the link and leaves the text. */
  companyId: z.uuid().nullable().optional(),
  position: Line(200).nullable().optional(),
  note: Line(5000).nullable().optional(),
  tagIds: TagIds.optional(),
  ownerId: z.uuid().nullable().optional(),
  ...givenPerson,
  custom: GivenCustom.optional(),
}))
export type UpdateContact = z.infer<typeof UpdateContact>

export const Contact = markRecord('contact', z.object({
  id: z.uuid(),
  name: z.string(),
  /** The primary one, in lower case. */
  email: z.string().nullable(),
  emails: z.array(ContactEmail),
  phone: z.string().nullable(),
  phones: z.array(ContactPhone),
  telegrams: z.array(ContactTelegram),
  company: z.string().nullable(),
  /** The linked company: `company` is its name, and follows it. Null: the text is only a text. */
  companyId: z.uuid().nullable(),
  position: z.string().nullable(),
  note: z.string().nullable(),
  tagIds: z.array(z.uuid()),
  source: z.enum(['manual', 'message', 'import']),
  /** The member whose the contact is: of the scopes `own` and `team`. Null: nobody's. */
  ownerId: z.uuid().nullable(),
  ...shownPerson,
  custom: CustomValues,
  lastActivityAt: Instant.nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
}))
export type Contact = z.infer<typeof Contact>

/** `search`: every word must occur in name, e-mail, phone or company; a typo is forgiven. `owner`: `teams` are those of anybody in a team of mine. */
export const ContactSearch = ListQuery.extend({
  source: z.enum(['manual', 'message', 'import']).optional(),
  owner: z.enum(['mine', 'teams', 'nobody']).optional(),
  /** The people of this company. */
  companyId: z.uuid().optional(),
})
export type ContactSearch = z.infer<typeof ContactSearch>

export const ContactSummaryQuery = SummaryQuery.extend(ContactSearch.pick({ source: true, owner: true, companyId: true }).shape)
export type ContactSummaryQuery = z.infer<typeof ContactSummaryQuery>

/** One event in the story of a contact, a company or a deal, as any service told it. `data` is the event's own. */
export const TimelineEntry = z.object({
  id: z.uuid(),
  type: z.string(),
  occurredAt: Instant,
  actor: Actor,
  conversationId: z.uuid().nullable(),
  /** First lines of what was written or drafted; null where the event has no text. */
  excerpt: z.string().nullable(),
  data: markRecord(['contact', 'company', 'deal'], z.record(z.string(), z.unknown()), 'event'),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

const contactParams = idParams('contactId')

/** A moment in the life of a record; now, unless told. */
export const AsOfQuery = z.object({ at: Instant.optional() })
export type AsOfQuery = z.infer<typeof AsOfQuery>

/** Which version of a record that moment saw, and since when. */
export const asOf = { version: z.number().int(), since: Instant, isDeleted: z.boolean() }

/** As its events tell it. Who was active when is not theirs to tell. */
export const ContactAsOf = z.object({ ...asOf, contact: markRecord('contact', Contact.omit({ lastActivityAt: true })) })
export type ContactAsOf = z.infer<typeof ContactAsOf>

export const crmEndpoints = defineEndpoints('crm', {
  createContact: {
    method: 'POST', path: '/contacts', summary: 'Create a contact',
    access: 'crm.contact.create', idempotency: 'key', body: CreateContact, response: Contact, status: 201, cost: 2,
  },
  listContacts: {
    method: 'GET', path: '/contacts', summary: 'List and search contacts',
    access: 'crm.contact.read', idempotency: 'safe', query: ContactSearch, response: pageOf(Contact), status: 200,
  },
  summarizeContacts: {
    method: 'GET',
    path: '/contacts/summary',
    summary: 'Count, sum and group all contacts of a list',
    access: 'crm.contact.read',
    idempotency: 'safe',
    query: ContactSummaryQuery,
    response: Summary,
    status: 200,
    cost: 3,
  },
  getContact: {
    method: 'GET', path: '/contacts/:contactId', summary: 'Read one contact',
    access: 'crm.contact.read', idempotency: 'safe', params: contactParams, response: Contact, status: 200, concurrency: 'etag',
  },
  updateContact: {
    method: 'PATCH', path: '/contacts/:contactId', summary: 'Change fields of a contact',
    access: 'crm.contact.update', idempotency: 'key', params: contactParams, body: UpdateContact, response: Contact,
    status: 200, concurrency: 'if-match', cost: 2,
  },
  deleteContact: {
    method: 'DELETE', path: '/contacts/:contactId', summary: 'Delete a contact; its conversations stay',
    access: 'crm.contact.delete', idempotency: 'natural', params: contactParams, status: 204, cost: 2,
  },
  getContactAsOf: {
    method: 'GET', path: '/contacts/:contactId/as-of', summary: 'A contact as it was at a moment; deleted ones too',
    access: 'crm.contact.read', idempotency: 'safe', params: contactParams, query: AsOfQuery, response: ContactAsOf, status: 200, cost: 2,
  },
  listContactTimeline: {
    method: 'GET', path: '/contacts/:contactId/timeline', summary: 'Everything that happened with a contact, newest first',
    access: 'crm.contact.read', idempotency: 'safe', params: contactParams, query: PageQuery, response: pageOf(TimelineEntry), status: 200,
  },
})
