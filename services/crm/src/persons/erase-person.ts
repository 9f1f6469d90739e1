import { contactDeleted, personErasureRequested, type PersonErasure } from '@ai-crm/contracts'
import { writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { mayRead, mayWrite } from '../contacts/contact-reach.ts'
import type { Ctx, Db } from '../ctx.ts'
import { nameMismatch } from './errors.ts'
import { findPerson } from './find-person.ts'
import { toPersonErasure, ERASURE_COLUMNS } from './person-erasure.ts'
import { restartErasure } from './restart-erasure.ts'

/**
 * Takes the contact out of sight and asks every service to erase what it has about them; there is no way back from here. Asked again it
 * asks them anew. Throws 404, `mergedAway`, `recordLocked` (403), `nameMismatch` (422).
 */
export async function erasePerson(ctx: Ctx, contactId: string, typedName: string): Promise<PersonErasure> {
  return ctx.write(async ({ db, emit }) => {
    const contact = writable(await lockContact(ctx, db, contactId), 'contact')
    const subject = await findPerson(ctx, db, contactId)
    if (typedName.trim() !== contact.name.trim()) throw nameMismatch()
    const known = await db.selectFrom('personErasure').select(ERASURE_COLUMNS).where('contactId', '=', contactId).executeTakeFirst()
    if (known) return restartErasure(ctx, known.id)
    if (contact.deletedAt === null) {
      await db
        .updateTable('contact')
        .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
        .where('id', '=', contactId)
        .execute()
      await emit(contactDeleted({ contactId }))
    }
    const requestId = uuidV7()
    const row = await db
      .insertInto('personErasure')
      .values({ contactId, requestId, requestedById: ctx.rights?.userId ?? null })
      .returning(ERASURE_COLUMNS)
      .executeTakeFirstOrThrow()
    await emit(personErasureRequested({ requestId, erasureId: row.id, contactId, subject }))
    return toPersonErasure(row)
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
