import { conversationLinked } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Write } from '../ctx.ts'
import { lockAddresses, lockAddressesOf } from './lock-address.ts'

/** More wait for the next message of theirs; nobody has that many. */
const LINKED_AT_ONCE = 1_000

/** Remembers the addresses of a contact, the primary one first, and links the conversations with them that have no contact yet. */
export async function linkContact(scope: Write, contactId: string, emails: readonly string[]): Promise<void> {
  const addresses = [...new Set(emails.map((email) => email.trim().toLowerCase()))].filter((address) => address !== '')
  const [primary, ...others] = addresses
  if (primary === undefined) return forgetContact(scope, contactId, 'address')
  const remember = sql<{ id: string }>`
    with remembered as (
      insert into contact_address (contact_id, address) values (${contactId}, ${primary})
      on conflict (organization_id, contact_id) do update set address = excluded.address where contact_address.address <> excluded.address
    ), forgotten as (
      delete from contact_other_address where contact_id = ${contactId}::uuid and address <> all(${others}::text[])
    ), others as (
      insert into contact_other_address (contact_id, address) select ${contactId}::uuid, unnest(${others}::text[]) on conflict do nothing
    )
    update conversation set contact_id = ${contactId}::uuid
     where id in (select id from conversation where party_address = any(${addresses}::text[]) and contact_id is null order by id limit ${LINKED_AT_ONCE} for update)
    returning id`
  // One round trip, in this order: imports bring thousands.
  const [, { rows: linked }] = await Promise.all([lockAddresses(scope.db, addresses), remember.execute(scope.db)])
  for (const { id } of linked) await scope.emit(conversationLinked({ conversationId: id, contactId }))
}

/** `address`: the contact has none any more, its conversations stay. `contact`: it is gone, its conversations have none. */
export async function forgetContact({ db }: Write, contactId: string, what: 'address' | 'contact'): Promise<void> {
  // One round trip, in this order. A mail that has just found the contact is stored before, or finds none.
  await Promise.all([
    lockAddressesOf(db, contactId),
    db.deleteFrom('contactAddress').where('contactId', '=', contactId).execute(),
    db.deleteFrom('contactOtherAddress').where('contactId', '=', contactId).execute(),
    what === 'contact' ? db.updateTable('conversation').set({ contactId: null }).where('contactId', '=', contactId).execute() : null,
  ])
}
