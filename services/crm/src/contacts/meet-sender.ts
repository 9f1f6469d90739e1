import { companyBehind } from '../companies/company-behind.ts'
import type { Scope } from '../ctx.ts'
import { insertContact } from './insert-contact.ts'
import { NOBODY_KNOWS } from './settle-person.ts'
import { nameOfSender, normalAddress, type Sender } from './sender.ts'

const NOTHING_ELSE = { phone: null, phones: [], telegrams: [], position: null, note: null, tagIds: [], ownerId: null, custom: {}, ...NOBODY_KNOWS }

/**
 * The living contact that has the sender's address among its own, made where there is none, as one of the company that the domain belongs to; null
 * where the address is no address.
 */
export async function meetSender(scope: Scope, sender: Sender): Promise<string | null> {
  const email = normalAddress(sender.address)
  if (email === null) return null
  // Both at once: where the address is taken, the second one does nothing.
  const [known, created] = await Promise.all([
    findByAddress(scope, email),
    insertContact(
      scope,
      { name: nameOfSender(sender), email, emails: [{ address: sender.address.trim(), label: null }], ...companyBehind(email), ...NOTHING_ELSE },
      'message',
    ),
  ])
  // Neither: somebody else met the same person in this moment and has committed.
  return known ?? created?.id ?? (await findByAddress(scope, email))
}

async function findByAddress({ db }: Scope, email: string): Promise<string | null> {
  const row = await db.selectFrom('contactAddress').select('contactId').where('kind', '=', 'email').where('value', '=', email).executeTakeFirst()
  return row?.contactId ?? null
}
