import { z } from 'zod'
import { defineEndpoints, type EndpointSpec } from './endpoint.ts'
import { defineEvent } from './event.ts'
import { idParams } from './page.ts'

/** The services that keep something about people outside of the organisation. */
export const PERSON_SERVICES = ['crm', 'messaging', 'ai', 'webhook', 'pipeline'] as const
export const PersonService = z.enum(PERSON_SERVICES)
export type PersonService = z.infer<typeof PersonService>

/** Of how many things ids are told at most; what is beyond is found by contact and address. */
export const MAX_PERSON_IDS = 10_000

/** One person, as services know them: by ids and by addresses, in lower case. */
export const PersonSubject = z.object({
  /** The contact, and those that were merged into it. */
  contactIds: z.array(z.uuid()).max(1_000),
  conversationIds: z.array(z.uuid()).max(MAX_PERSON_IDS),
  /** Of what is about them alone: tasks, notes, files. */
  thingIds: z.array(z.uuid()).max(MAX_PERSON_IDS),
  addresses: z.array(z.string()).max(1_000),
  names: z.array(z.string()).max(1_000),
})
export type PersonSubject = z.infer<typeof PersonSubject>

/** How many rows, by table. */
export const PersonCounts = z.record(z.string(), z.number().int())
export type PersonCounts = z.infer<typeof PersonCounts>

/** What a service has done: by table what it erased, and what of others it kept that names the person. No personal data. */
export const PersonPart = z.object({ erased: PersonCounts, kept: PersonCounts })
export type PersonPart = z.infer<typeof PersonPart>

const erasure = { type: 'person-erasure', id: 'erasureId' } as const
/** The part of one service in erasing a person is done. */
export const definePersonErased = <const Type extends string>(type: Type) =>
  defineEvent(type, 1, erasure, PersonPart.extend({ erasureId: z.uuid(), service: PersonService }))

/** What an erasure waits for: a mail of theirs that is being sent, the index beside the database, events on their way; or something fails and is tried again. */
export const PERSON_WAITS = ['sending', 'search', 'publishing', 'failing'] as const
export const PersonWait = z.enum(PERSON_WAITS)
export type PersonWait = z.infer<typeof PersonWait>

/** The part of one service takes longer: by what it waits for. Null: it goes on. */
export const definePersonDelayed = <const Type extends string>(type: Type) =>
  defineEvent(type, 1, erasure, z.object({ erasureId: z.uuid(), service: PersonService, waitsFor: PersonWait.nullable() }))

/** Somebody took along what a service has about a person. */
export const definePersonExported = <const Type extends string>(type: Type) =>
  defineEvent(type, 1, { type: 'person-export', id: 'exportId' }, z.object({ exportId: z.uuid(), contactId: z.uuid(), service: PersonService }))

export type PersonErasedEvent = ReturnType<typeof definePersonErased<string>>
export type PersonDelayedEvent = ReturnType<typeof definePersonDelayed<string>>
export type PersonExportedEvent = ReturnType<typeof definePersonExported<string>>

const contactParams = idParams('contactId')

const counting = (service: PersonService) =>
  ({
    method: 'GET',
    path: `/person-data/${service}/:contactId/counts`,
    summary: 'How much this service has about a person, by table; 404 where it has nothing',
    access: 'crm.person.erase',
    idempotency: 'safe',
    params: contactParams,
    response: PersonPart,
    status: 200,
    cost: 5,
  }) as const satisfies EndpointSpec

const exporting = (service: PersonService) =>
  ({
    method: 'POST',
    path: `/person-data/${service}/:contactId/export`,
    summary: 'Everything that this service has about a person, as a gzip of tar: the answers of all services, one behind the other, are one archive',
    access: 'crm.person.export',
    idempotency: 'natural',
    params: contactParams,
    produces: 'application/gzip',
    status: 200,
    cost: 20,
    priority: 'bulk',
    timeoutMs: 3_600_000,
  }) as const satisfies EndpointSpec

/** What every service answers that keeps something about people. */
export const personDataEndpoints = {
  crm: defineEndpoints('crm', { crmCountPerson: counting('crm'), crmExportPerson: exporting('crm') }),
  messaging: defineEndpoints('messaging', { messagingCountPerson: counting('messaging'), messagingExportPerson: exporting('messaging') }),
  ai: defineEndpoints('ai', { aiCountPerson: counting('ai'), aiExportPerson: exporting('ai') }),
  webhook: defineEndpoints('webhook', { webhookCountPerson: counting('webhook'), webhookExportPerson: exporting('webhook') }),
  pipeline: defineEndpoints('pipeline', { pipelineCountPerson: counting('pipeline'), pipelineExportPerson: exporting('pipeline') }),
} as const
