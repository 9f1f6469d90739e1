import { conversationLinked } from '@ai-crm/contracts'
import type { Write } from '../ctx.ts'
import { lockAddress } from './lock-address.ts'

/** More wait for the next message of theirs; nobody has that many. */
const LINKED_AT_ONCE = 1_000

/** Remembers the address of a contact and links the conversations with it that have no contact yet. */
export async function linkContact(scope: Write, contactId: string, email: string | null): Promise<void> {
  const address = email?.trim().toLowerCase()
  if (!address) return forgetContact(scope, contactId, 'address')
  const remember = scope.db
    .insertInto('contactAddress')
    .values({ contactId, address })
    .onConflict((conflict) => conflict.columns(['organizationId', 'contactId']).doUpdateSet({ address }))
  const link = scope.db
    .updateTable('conversation')
    .set({ contactId })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('conversation')
        .select('id')
        .where('partyAddress', '=', address)
        .where('contactId', 'is', null)
        .orderBy('id')
        .limit(LINKED_AT_ONCE)
        .forUpdate(),
    )
    .returning('id')
  // One round trip, in this order.
  const [, , linked] = await Promise.all([lockAddress(scope.db, address), remember.execute(), link.execute()])
  for (const { id } of linked) await scope.emit(conversationLinked({ conversationId: id, contactId }))
}

/** `address`: the contact has none any more, its conversations stay. `contact`: it is gone, its conversations have none. */
export async function forgetContact({ db }: Write, contactId: string, what: 'address' | 'contact'): Promise<void> {
  await db.deleteFrom('contactAddress').where('contactId', '=', contactId).execute()
  if (what === 'contact') await db.updateTable('conversation').set({ contactId: null }).where('contactId', '=', contactId).execute()
}
