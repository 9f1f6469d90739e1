import { contactDeleted } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'

/** Takes the contact out of sight; its story and its conversations stay. Repeated, it has no further effect. */
export async function deleteContact(ctx: Ctx, contactId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    const deleted = await db
      .updateTable('contact')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', contactId)
      .where('deletedAt', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (deleted) await emit(contactDeleted({ contactId }))
    else if (!(await wasHere(db, contactId))) throw notFound('contact')
  })
}

const wasHere = (db: Db, contactId: string) => db.selectFrom('contact').select('id').where('id', '=', contactId).executeTakeFirst()
