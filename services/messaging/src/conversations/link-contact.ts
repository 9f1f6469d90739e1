import { conversationLinked } from '@ai-crm/contracts'
import type { Write } from '../ctx.ts'
import { lockAddress } from './lock-address.ts'

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
  // One round trip, in this order. Everybody locks addresses in the same one.
  const locks = addresses.toSorted().map((address) => lockAddress(scope.db, address))
  const remembered = [remember.execute(), rememberOthers(scope, contactId, others)]
  const linked = link.execute()
  await Promise.all([...locks, ...remembered, linked])
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
  // A mail that has just found the contact is stored before, or finds none.
  for (const { address } of await addressesOf(db, contactId)) await lockAddress(db, address)
  await db.deleteFrom('contactAddress').where('contactId', '=', contactId).execute()
  await db.deleteFrom('contactOtherAddress').where('contactId', '=', contactId).execute()
  if (what === 'contact') await db.updateTable('conversation').set({ contactId: null }).where('contactId', '=', contactId).execute()
}

const addressesOf = (db: Write['db'], contactId: string): Promise<{ address: string }[]> =>
  db
    .selectFrom('contactAddress')
    .select('address')
    .where('contactId', '=', contactId)
    .unionAll(db.selectFrom('contactOtherAddress').select('address').where('contactId', '=', contactId))
    .orderBy('address')
    .execute()
