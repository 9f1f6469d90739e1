import { z } from 'zod'
import { defineEvent } from '../core/event.ts'
import { defineSagaAnswer } from '../core/saga.ts'
import { CustomChanges, CustomValues } from './field-kinds.ts'
import { ContactEmail, ContactPhone, ContactTelegram } from './contact-addresses.ts'
import { personChanges, toldPerson } from './contact-person.ts'

const text = z.string().nullable()
const tagIds = z.array(z.uuid())
const emails = z.array(ContactEmail)
const phones = z.array(ContactPhone)
const telegrams = z.array(ContactTelegram)

/** The part of contacts and timelines in sagas of other services. */
export const crmSagaAnswered = defineSagaAnswer('crm-saga.answered')

/** The whole contact as it began: folding `contact.*` gives the row. */
export const contactCreated = defineEvent(
  'contact.created',
  1,
  { type: 'contact', id: 'contactId' },
  z.object({
    contactId: z.uuid(),
    name: z.string(),
    /** The primary one. */
    email: text,
    /** All of them; absent in older events, where `email` is the only one. The same holds of phones. */
    emails: emails.optional(),
    phone: text,
    phones: phones.optional(),
    telegrams: telegrams.optional(),
    company: text,
    /** The company of which `company` is the name; null where nobody has linked one. */
    companyId: z.uuid().nullable().default(null),
    position: text,
    note: text,
    tagIds: tagIds.optional(),
    /** How the contact came to be: typed in, found as the sender of a message, or read from a file. */
    source: z.enum(['manual', 'message', 'import']),
    /** Whose the contact is; null: nobody's. */
    ownerId: z.uuid().nullable().default(null),
    ...toldPerson,
    /** By the field's id. */
    custom: CustomValues.default({}),
  }),
  { visibility: 'public' },
)

const change = z.object({ from: text, to: text })
const changeOfTags = z.object({ from: tagIds, to: tagIds })
/** Only the fields that changed; an update that changes nothing emits nothing. */
export const contactUpdated = defineEvent(
  'contact.updated',
  1,
  { type: 'contact', id: 'contactId' },
  z.object({
    contactId: z.uuid(),
    changes: z.object({
      name: z.object({ from: z.string(), to: z.string() }).optional(),
      email: change.optional(),
      emails: z.object({ from: emails, to: emails }).optional(),
      phone: change.optional(),
      phones: z.object({ from: phones, to: phones }).optional(),
      telegrams: z.object({ from: telegrams, to: telegrams }).optional(),
      company: change.optional(),
      companyId: z.object({ from: z.uuid().nullable(), to: z.uuid().nullable() }).optional(),
      position: change.optional(),
      note: change.optional(),
      tagIds: changeOfTags.optional(),
      ownerId: z.object({ from: z.uuid().nullable(), to: z.uuid().nullable() }).optional(),
      ...personChanges,
      custom: CustomChanges.optional(),
    }),
  }),
  { visibility: 'public' },
)

/** `mergedInto`: the contact that has what was this one's; absent or null where it was deleted. */
export const contactDeleted = defineEvent(
  'contact.deleted',
  1,
  { type: 'contact', id: 'contactId' },
  z.object({ contactId: z.uuid(), mergedInto: z.uuid().nullable().optional() }),
  { visibility: 'public' },
)
