import { type Contact, contactUpdated, type UpdateContact } from '@ai-crm/contracts'
import { isUniqueViolation, requireMember, versionConflict, writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { customChanges, customColumn } from '../fields/change-custom.ts'
import { CONTACT_COLUMNS, type ContactRow, toContact } from './contact.ts'
import { mayRead, mayWrite } from './contact-reach.ts'
import { changesBetween, type ContactChanges, newValues } from './contact-changes.ts'
import { emailTaken } from './errors.ts'
import { linkCompany } from './link-company.ts'

/** Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. */
export async function updateContact(ctx: Ctx, contactId: string, expectedVersion: number, input: UpdateContact): Promise<Contact> {
  return ctx.write(async ({ db, emit }) => {
    const current = writable(await lockContact(ctx, db, contactId), 'contact')
    if (current.version !== expectedVersion) throw versionConflict('contact', current.version)

    const custom = await customChanges(ctx, db, 'contact', input.custom, current.custom)
    const changes = { ...changesBetween(current, await linkCompany(ctx, db, input, current)), ...(custom ? { custom } : {}) }
    if (Object.keys(changes).length === 0) return toContact(current)
    await requireMember(ctx, db, changes.ownerId?.to, 'ownerId')
    const row = await applyChanges(db, contactId, changes)
    await emit(contactUpdated({ contactId, changes }))
    return toContact(row)
  })
}

const lockContact = (ctx: Ctx, db: Db, contactId: string): Promise<(ContactRow & { mayWrite: boolean }) | undefined> =>
  db
    .selectFrom('contact')
    .select([...CONTACT_COLUMNS, mayWrite(ctx).as('mayWrite')])
    .where('id', '=', contactId)
    .where('deletedAt', 'is', null)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()

async function applyChanges(db: Db, contactId: string, changes: ContactChanges): Promise<ContactRow> {
  try {
    return await db
      .updateTable('contact')
      .set({
        ...newValues(changes),
        ...customColumn(changes.custom),
        version: sql<number>`version + 1`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('id', '=', contactId)
      .returning(CONTACT_COLUMNS)
      .executeTakeFirstOrThrow()
  } catch (error) {
    throw isUniqueViolation(error, 'contact_email_key') ? emailTaken(changes.email?.to ?? '') : error
  }
}
