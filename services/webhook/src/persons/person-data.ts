import { personErased, webhookPersonDelayed, webhookPersonErased, webhookPersonExported } from '@ai-crm/contracts'
import { PERSON, personDataOf } from '@ai-crm/platform'
import type { Tables } from '../tables.ts'
import { conversationsOfContact } from './conversations-of-contact.ts'

/** Where webhooks keep something about people: what was told of them. That they were erased is still told to whoever keeps copies. */
export const personData = personDataOf<Tables>()({
  tables: {
    delivery: { where: `t.event_type <> '${personErased.type}' and lower(t.payload) like ${PERSON.patterns}` },
    attempt: 'Goes with its delivery.',
    subscription: 'Of the organisation.',
  },
  aggregates: [],
  subjectOf: conversationsOfContact,
  erased: webhookPersonErased,
  delayed: webhookPersonDelayed,
  exported: webhookPersonExported,
})
