import { type UpdateView, type View, viewUpdated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { requireAskable, requireRoom } from './check-view.ts'
import { lockView, lockViews, requireSharing, toView, VIEW_COLUMNS } from './view.ts'
import { changesBetween } from './view-changes.ts'

/**
 * Changes what differs, if the row is still the version that the client has seen; without a difference nothing happens. Whoever takes a
 * shared view back for themselves has it from then on: it stays its maker's. Throws what lockView, requireRoom and requireAskable throw.
 */
export async function updateView(ctx: Ctx, viewId: string, expectedVersion: number, update: UpdateView): Promise<View> {
  return ctx.write(async ({ db, emit }) => {
    await lockViews(ctx, db)
    const view = await lockView(ctx, db, viewId, expectedVersion)
    const changes = changesBetween(view, update)
    if (Object.keys(changes).length === 0) return view
    if (changes['isShared']) {
      requireSharing(ctx)
      await requireRoom(ctx, db, view.record, update.isShared === true)
    }
    await requireAskable({ ...ctx, db }, view.record, update)
    const { filter, order, columns, ...plain } = update
    const changed = await db
      .updateTable('view')
      .set({
        ...plain,
        ...(filter === undefined ? {} : { filter: filter && JSON.stringify(filter) }),
        ...(order === undefined ? {} : { sort: order?.sort ?? null, direction: order?.direction ?? null }),
        ...(columns === undefined ? {} : { columns: JSON.stringify(columns) }),
        version: sql<number>`version + 1`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('id', '=', viewId)
      .returning(VIEW_COLUMNS)
      .executeTakeFirstOrThrow()
    await emit(viewUpdated({ viewId, changes }))
    return toView(changed)
  })
}
