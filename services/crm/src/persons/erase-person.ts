import type { PersonErasure } from '@ai-crm/contracts'
import { writable } from '@ai-crm/platform'
import { mayRead, mayWrite } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { beginErasure } from './begin-erasure.ts'
import { nameMismatch } from './errors.ts'
import { findPerson } from './find-person.ts'

/**
 * Takes the contact out of sight and asks every service to erase what it has about them; there is no way back from here. Asked again it
 * asks them anew. Throws 404, `mergedAway`, `recordLocked` (403), `nameMismatch` (422).
 */
export async function erasePerson(ctx: Ctx, contactId: string, typedName: string): Promise<PersonErasure> {
  return ctx.write(async (scope) => {
    const contact = writable(await lockContact(ctx, scope.db, contactId), 'contact')
    const subject = await findPerson(ctx, scope.db, contactId)
    if (typedName.trim() !== contact.name.trim()) throw nameMismatch()
    return beginErasure(ctx, scope, { contactId, deletedAt: contact.deletedAt, subject })
  })
}

const lockContact = (ctx: Ctx, db: Db, contactId: string) =>
  db
    .selectFrom('contact')
    .select(['name', 'deletedAt', mayWrite(ctx).as('mayWrite')])
    .where('id', '=', contactId)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()
