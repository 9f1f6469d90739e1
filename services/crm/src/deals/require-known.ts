import type { CreateDeal } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { lockLiving } from '../companies/company-tree.ts'
import { companyUnknown } from '../companies/errors.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { contactUnknown } from './errors.ts'

/** Throws `companyUnknown` (422). */
export async function requireCompany(ctx: Ctx, db: Db, companyId: string): Promise<void> {
  if (!(await lockLiving(ctx, db, companyId))) throw companyUnknown('companyId')
}

/**
 * That whoever asks sees those who are not `known` to take part already; kept from being deleted until this transaction is over.
 * Throws `contactUnknown` (422), naming the first.
 */
export async function requireContacts(ctx: Ctx, db: Db, contacts: CreateDeal['contacts'], known: readonly { contactId: string }[]): Promise<void> {
  const added = contacts.map(({ contactId }) => contactId).filter((id) => !known.some(({ contactId }) => contactId === id))
  if (added.length === 0) return
  const maySee = ctx.rights && !ctx.rights.permissions.has('crm.contact.read') ? sql<boolean>`false` : mayReadContact(ctx)
  const seen = await db
    .selectFrom('contact')
    .select('id')
    .where('id', 'in', added)
    .where('deletedAt', 'is', null)
    .where(maySee)
    .orderBy('id')
    .forShare()
    .execute()
  const index = contacts.findIndex(({ contactId }) => added.includes(contactId) && !seen.some(({ id }) => id === contactId))
  if (index >= 0) throw contactUnknown(index)
}
