import { type CreateView, type View, viewCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { mayReadSome } from '../lists/list-record.ts'
import { requireAskable, requireRoom } from './check-view.ts'
import { recordsDenied } from './errors.ts'
import { lockViews, requireSharing, toView, VIEW_COLUMNS, viewerOf } from './view.ts'

/** As the last one. Throws `recordsDenied`, `sharingDenied` (403), `tooManyViews` (409), and what requireAskable throws. */
export async function createView(ctx: Ctx, { order, ...input }: CreateView): Promise<View> {
  if (!mayReadSome(ctx, input.record)) throw recordsDenied()
  if (input.isShared) requireSharing(ctx)
  await requireAskable(ctx, input.record, { filter: input.filter, order, groupBy: input.groupBy })
  return ctx.write(async ({ db, emit }) => {
    await lockViews(ctx, db)
    await requireRoom(ctx, db, input.record, input.isShared)
    const row = await db
      .insertInto('view')
      .values({
        ...input,
        ownerId: viewerOf(ctx),
        filter: input.filter && JSON.stringify(input.filter),
        sort: order?.sort ?? null,
        direction: order?.direction ?? null,
        columns: JSON.stringify(input.columns),
        position: sql<number>`(select coalesce(max(position), -1) + 1 from view where record = ${input.record} and deleted_at is null)`,
      })
      .returning(VIEW_COLUMNS)
      .executeTakeFirstOrThrow()
    const view = toView(row)
    const { id, createdAt: _created, updatedAt: _updated, version: _version, filter, ...parts } = view
    await emit(viewCreated({ viewId: id, ...parts, filter: filter && { ...filter } }))
    return view
  })
}
