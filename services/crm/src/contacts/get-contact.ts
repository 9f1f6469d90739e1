import type { Contact } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { CONTACT_COLUMNS, toContact } from './contact.ts'
import { mayRead } from './contact-reach.ts'

export async function getContact(ctx: Ctx, contactId: string): Promise<Contact> {
  const row = await ctx.db
    .selectFrom('contact')
    .select(CONTACT_COLUMNS)
    .where('id', '=', contactId)
    .where('deletedAt', 'is', null)
    .where(mayRead(ctx))
    .executeTakeFirst()
  if (!row) throw notFound('contact')
  return toContact(row)
}
