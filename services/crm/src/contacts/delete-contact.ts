import { contactDeleted } from '@ai-crm/contracts'
import { writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { leaveDealsOfContact } from '../deals/leave-deals.ts'
import { mayRead, mayWrite } from './contact-reach.ts'
import { planPurge } from '../trash/purge-trash.ts'

/**
 * Takes the contact out of sight; its story and its conversations stay, its deals go on without it. Repeated, it has no further effect. Throws 404, and
 * `recordLocked` (403).
 */
export async function deleteContact(ctx: Ctx, contactId: string): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emit, enqueue } = scope
    const { deletedAt } = writable(await lockContact(ctx, db, contactId), 'contact')
    if (deletedAt !== null) return
    await db
      .updateTable('contact')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', contactId)
      .execute()
    await emit(contactDeleted({ contactId }))
    await planPurge(ctx, scope)
    await enqueue(leaveDealsOfContact, { contactId }, { key: contactId })
  })
}

const lockContact = (ctx: Ctx, db: Db, contactId: string) =>
  db
    .selectFrom('contact')
    .select(['deletedAt', mayWrite(ctx).as('mayWrite')])
    .where('id', '=', contactId)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()
