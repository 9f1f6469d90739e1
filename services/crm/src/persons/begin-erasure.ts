import { contactDeleted, personErasureRequested, type PersonErasure, type PersonSubject } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import type { Ctx, Scope } from '../ctx.ts'
import { ERASURE_COLUMNS, toPersonErasure } from './person-erasure.ts'
import { restartErasure } from './restart-erasure.ts'

/** A contact whose row the transaction has locked. */
interface Erased {
  readonly contactId: string
  readonly deletedAt: Date | null
  readonly subject: PersonSubject
}

/** Takes the contact out of sight and asks every service to erase what it has about them; where that was asked before, it asks them anew. */
export async function beginErasure(ctx: Ctx, { db, emit }: Pick<Scope, 'db' | 'emit'>, { contactId, deletedAt, subject }: Erased): Promise<PersonErasure> {
  const known = await db.selectFrom('personErasure').select('id').where('contactId', '=', contactId).executeTakeFirst()
  if (known) return restartErasure(ctx, known.id)
  if (deletedAt === null) {
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
}
