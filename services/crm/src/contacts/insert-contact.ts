import { contactCreated, type CreateContact } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Tables } from '../tables.ts'
import { CONTACT_COLUMNS, type ContactRow } from './contact.ts'

export type NewContact = CreateContact & { ownerId: string | null }

/** The contact with its event, or null when a living contact has the address. */
export async function insertContact({ db, emit }: WriteScope<Tables>, fields: NewContact, source: 'manual' | 'message'): Promise<ContactRow | null> {
  const row = await db
    .insertInto('contact')
    .values({ ...fields, source })
    .onConflict((conflict) => conflict.columns(['organizationId', 'email']).where('deletedAt', 'is', null).where('email', 'is not', null).doNothing())
    .returning(CONTACT_COLUMNS)
    .executeTakeFirst()
  if (!row) return null
  await emit(contactCreated({ contactId: row.id, ...fields, source }))
  return row
}
