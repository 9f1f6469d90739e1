import type { Contact } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { missingRecord } from '../merges/missing-record.ts'
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
  if (!row) throw await missingRecord(ctx, 'contact', contactId)
  return toContact(row)
}
