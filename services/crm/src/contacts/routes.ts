import { crmEndpoints } from '@ai-crm/contracts'
import { getContactAsOf } from '../changes/get-as-of.ts'
import { crm } from '../ctx.ts'
import { createContact } from './create-contact.ts'
import { deleteContact } from './delete-contact.ts'
import { getContact } from './get-contact.ts'
import { listContacts, summarizeContacts } from './list-contacts.ts'
import { countryOfLanguages } from './phone-number.ts'
import { updateContact } from './update-contact.ts'

export const contactRoutes = [
  crm.handle(crmEndpoints.createContact, async (ctx, { body }, http) => createContact(ctx, body, countryOfLanguages(http.acceptLanguage))),
  crm.handle(crmEndpoints.listContacts, async (ctx, { query }) => listContacts(ctx, query)),
  crm.handle(crmEndpoints.summarizeContacts, async (ctx, { query }) => summarizeContacts(ctx, query)),
  crm.handle(crmEndpoints.getContact, async (ctx, { params }) => getContact(ctx, params.contactId)),
  crm.handle(crmEndpoints.updateContact, async (ctx, { params, body }, { expectedVersion, acceptLanguage }) =>
    updateContact(ctx, { contactId: params.contactId, expectedVersion, input: body, country: countryOfLanguages(acceptLanguage) }),
  ),
  crm.handle(crmEndpoints.deleteContact, async (ctx, { params }) => deleteContact(ctx, params.contactId)),
  crm.handle(crmEndpoints.getContactAsOf, async (ctx, { params, query }) => getContactAsOf(ctx, params.contactId, query.at)),
]
