import {
  aiPersonExported,
  crmPersonExported,
  messagingPersonExported,
  personErased,
  personErasureRequested,
  pipelinePersonExported,
  webhookPersonExported,
} from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

const about = (contactId: string) => ({ about: { type: 'contact', id: contactId } })

/** Who took along or erased what there is about a person stands in the security log, by the contact's id alone. */
export const personLogConsumers = [
  auth.consume({
    name: 'auth.log-erasure-request',
    event: personErasureRequested,
    handle: async (scope, { data: { contactId, erasureId } }) =>
      recordSecurityEvent(scope, { kind: 'person.erasure-requested', ...about(contactId), details: { erasureId } }),
  }),
  auth.consume({
    name: 'auth.log-erasure',
    event: personErased,
    handle: async (scope, { data: { contactId, erasureId } }) =>
      recordSecurityEvent(scope, { kind: 'person.erased', ...about(contactId), details: { erasureId } }),
  }),
  ...[crmPersonExported, messagingPersonExported, aiPersonExported, webhookPersonExported, pipelinePersonExported].map((event) =>
    auth.consume({
      name: 'auth.log-person-export',
      event,
      handle: async (scope, { data: { contactId, service } }) =>
        recordSecurityEvent(scope, { kind: 'person.exported', ...about(contactId), details: { service } }),
    }),
  ),
]
