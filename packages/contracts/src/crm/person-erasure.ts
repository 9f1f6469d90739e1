import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { defineEvent } from '../core/event.ts'
import { idParams, Instant, PageQuery, pageOf } from '../core/page.ts'
import { definePersonDelayed, definePersonErased, definePersonExported, PersonPart, PersonService, PersonSubject, PersonWait } from '../core/person-data.ts'

/** `erasing` until every service has done its part; there is no way back and no end of trying. */
export const PERSON_ERASURE_STATES = ['erasing', 'done'] as const

/** Says that a person was erased, and what: by ids and numbers, without anything that tells who it was. */
export const PersonErasure = z.object({
  id: z.uuid(),
  contactId: z.uuid(),
  state: z.enum(PERSON_ERASURE_STATES),
  requestedById: z.uuid().nullable(),
  requestedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Of those that are done. */
  parts: z.partialRecord(PersonService, PersonPart),
  /** Of those that take longer, what they wait for. */
  waits: z.partialRecord(PersonService, PersonWait),
})
export type PersonErasure = z.infer<typeof PersonErasure>

/** The name of the contact, typed to confirm. */
export const ErasePerson = z.strictObject({ name: z.string().max(200) })
export type ErasePerson = z.infer<typeof ErasePerson>

/** What every service is asked to erase. The log loses it again when everything is done. */
export const personErasureRequested = defineEvent(
  'person.erasure_requested',
  1,
  { type: 'person-erasure-request', id: 'requestId' },
  z.object({ requestId: z.uuid(), erasureId: z.uuid(), contactId: z.uuid(), subject: PersonSubject }),
)

/** Nothing about the person is left here: who keeps copies erases theirs. */
export const personErased = defineEvent('person.erased', 1, { type: 'person', id: 'erasureId' }, z.object({ erasureId: z.uuid(), contactId: z.uuid() }), {
  visibility: 'public',
})
export const crmPersonErased = definePersonErased('crm-person.erased')
export const crmPersonDelayed = definePersonDelayed('crm-person.delayed')
export const crmPersonExported = definePersonExported('crm-person.exported')

export const personErasureEndpoints = defineEndpoints('crm', {
  erasePerson: {
    method: 'POST',
    path: '/contacts/:contactId/erasure',
    summary: 'Erase everything about a person, in all services and for good',
    access: 'crm.person.erase',
    stepUp: true,
    idempotency: 'key',
    params: idParams('contactId'),
    body: ErasePerson,
    response: PersonErasure,
    status: 202,
    cost: 20,
  },
  restartPersonErasure: {
    method: 'POST',
    path: '/person-erasures/:erasureId/restart',
    summary: 'Ask every service anew for an erasure that is not done: what waits to be tried again is tried now',
    access: 'crm.person.erase',
    idempotency: 'natural',
    params: idParams('erasureId'),
    response: PersonErasure,
    status: 202,
    cost: 20,
  },
  listPersonErasures: {
    method: 'GET',
    path: '/person-erasures',
    summary: 'Erasures of people, newest first',
    access: 'crm.person.erase',
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(PersonErasure),
    status: 200,
  },
  getPersonErasure: {
    method: 'GET',
    path: '/person-erasures/:erasureId',
    summary: 'How far an erasure is, and its report',
    access: 'crm.person.erase',
    idempotency: 'safe',
    params: idParams('erasureId'),
    response: PersonErasure,
    status: 200,
  },
})
