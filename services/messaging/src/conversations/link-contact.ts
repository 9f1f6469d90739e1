import { conversationLinked } from '@ai-crm/contracts'
import type { Write } from '../ctx.ts'
import { lockAddresses, lockAddressesOf } from './lock-address.ts'

/** More wait for the next message of theirs; nobody has that many. */
const LINKED_AT_ONCE = 1_000

/** Remembers the addresses of a contact, the primary one first, and links the conversations with them that have no contact yet. */
export async function linkContact(scope: Write, contactId: string, emails: readonly string[]): Promise<void> {
  const addresses = [...new Set(emails.map((email) => email.trim().toLowerCase()))].filter((address) => address !== '')
  const [primary, ...others] = addresses
  if (primary === undefined) return forgetContact(scope, contactId, 'address')
  const remember = scope.db
    .insertInto('contactAddress')
    .values({ contactId, address: primary })
    .onConflict((conflict) => conflict.columns(['organizationId', 'contactId']).doUpdateSet({ address: primary }))
  const link = scope.db
    .updateTable('conversation')
    .set({ contactId })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('conversation')
        .select('id')
        .where('partyAddress', 'in', addresses)
        .where('contactId', 'is', null)
        .orderBy('id')
        .limit(LINKED_AT_ONCE)
        .forUpdate(),
    )
    .returning('id')
  // One round trip, in this order.
  const locked = lockAddresses(scope.db, addresses)
  const remembered = [remember.execute(), rememberOthers(scope, contactId, others)]
  const linked = link.execute()
  await Promise.all([locked, ...remembered, linked])
  for (const { id } of await linked) await scope.emit(conversationLinked({ conversationId: id, contactId }))
}

async function rememberOthers({ db }: Write, contactId: string, addresses: readonly string[]): Promise<void> {
  const forget = db.deleteFrom('contactOtherAddress').where('contactId', '=', contactId).execute()
  const remember =
    addresses.length === 0
      ? null
      : db
          .insertInto('contactOtherAddress')
          .values(addresses.map((address) => ({ contactId, address })))
          .execute()
  await Promise.all([forget, remember])
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
