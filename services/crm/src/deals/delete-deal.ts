import { dealDeleted } from '@ai-crm/contracts'
import { writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { mayRead, mayWrite } from './deal-reach.ts'
import { planPurge } from '../trash/purge-trash.ts'

/** Takes the deal out of sight; its story stays. Repeated, it has no further effect. Throws 404, and `recordLocked` (403). */
export async function deleteDeal(ctx: Ctx, dealId: string): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emit } = scope
    const { deletedAt } = writable(await lockDeal(ctx, db, dealId), 'deal')
    if (deletedAt !== null) return
    await db
      .updateTable('deal')
      .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
      .where('id', '=', dealId)
      .execute()
    await emit(dealDeleted({ dealId }))
    await planPurge(ctx, scope)
  })
}

const lockDeal = (ctx: Ctx, db: Db, dealId: string) =>
  db
    .selectFrom('deal')
    .select(['deletedAt', mayWrite(ctx).as('mayWrite')])
    .where('id', '=', dealId)
    .where(mayRead(ctx))
    .forUpdate()
    .executeTakeFirst()
