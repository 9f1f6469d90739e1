import { viewDeleted } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { lockView } from './view.ts'

/** Takes the view out of sight. Throws 404, `sharingDenied` (403). */
export async function deleteView(ctx: Ctx, viewId: string): Promise<void> {
  await ctx.write(async ({ db, emit }) => {
    await lockView(ctx, db, viewId, null)
    await takeAway(db, viewId)
    await emit(viewDeleted({ viewId }))
  })
}

export const takeAway = (db: Db, viewId: string) =>
  db
    .updateTable('view')
    .set({ deletedAt: sql<Date>`now()`, version: sql<number>`version + 1` })
    .where('id', '=', viewId)
    .execute()
