import { contactCreated, type CreateContact, type CustomValues } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Expression } from 'kysely'
import { type Demanded, demandedOfNew } from '../fields/demanded-values.ts'
import type { Tables } from '../tables.ts'
import { type Addresses } from './addresses.ts'
import { CONTACT_COLUMNS, type ContactRow, personOf } from './contact.ts'
import type { Person } from './settle-person.ts'

/** The company may be an expression: what is found while the row is written. */
export type NewContact = Pick<CreateContact, 'name' | 'position' | 'note' | 'tagIds'> &
  Person &
  Addresses & {
    company: string | null | Expression<string | null>
    companyId: string | null | Expression<string | null>
    ownerId: string | null
    custom: CustomValues
  }

/** The contact with its event and the fields that it has to have, or null when a living contact has one of the addresses (`skip_known_contact`). */
export async function insertContact(
  { db, emit }: WriteScope<Tables>,
  fields: NewContact,
  source: 'manual' | 'message',
): Promise<(ContactRow & { demanded: Demanded[] }) | null> {
  const row = await db
    .insertInto('contact')
    .values({
      ...fields,
      emails: JSON.stringify(fields.emails),
      phones: JSON.stringify(fields.phones),
      telegrams: JSON.stringify(fields.telegrams),
      custom: JSON.stringify(fields.custom),
      source,
    })
    .onConflict((conflict) => conflict.columns(['organizationId', 'email']).where('deletedAt', 'is', null).where('email', 'is not', null).doNothing())
    .returning([...CONTACT_COLUMNS, demandedOfNew('contact').as('demanded')])
    .executeTakeFirst()
  if (!row) return null
  const { id: contactId, name, email, emails, phone, phones, telegrams, company, companyId, position, note, tagIds, ownerId } = row
  const told = { contactId, name, email, emails, phone, phones, telegrams, company, companyId, position, note, tagIds, source, ownerId, custom: fields.custom }
  await emit(contactCreated({ ...told, ...personOf(row) }))
  return row
}
