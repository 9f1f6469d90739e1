import { GROUPABLE_KINDS, MAX_PERSONAL_VIEWS, MAX_SHARED_VIEWS, type ListRecord, type UpdateView } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { compileFilter } from '../lists/compile-filter.ts'
import { askerOf, keysIn } from '../lists/list-asker.ts'
import { fieldFor } from '../lists/summarize-list.ts'
import { walkOf } from '../lists/walk.ts'
import { tooManyViews } from './errors.ts'
import { viewerOf } from './view.ts'

/** That whoever saves it could ask it: the cure is told at once, not to whoever opens it later. Throws what compileFilter, walkOf and fieldFor throw. */
export async function requireAskable(
  ctx: Ctx,
  record: ListRecord,
  { filter, order, groupBy }: Pick<UpdateView, 'filter' | 'order' | 'groupBy'>,
): Promise<void> {
  const asker = await askerOf(ctx, record, 'UTC', [...(order ? [order.sort] : []), ...(groupBy ? [groupBy] : []), ...keysIn(filter)])
  if (filter) compileFilter(asker, record, filter, '/filter')
  if (order) walkOf(asker, record, order, '/order/sort')
  if (groupBy) fieldFor(asker, record, groupBy, GROUPABLE_KINDS, '/groupBy')
}

/** Throws `tooManyViews` (409). */
export async function requireRoom(ctx: Ctx, db: Db, record: ListRecord, isShared: boolean): Promise<void> {
  const limit = isShared ? MAX_SHARED_VIEWS : MAX_PERSONAL_VIEWS
  const { count } = await db
    .selectFrom('view')
    .select(sql<number>`count(*)::integer`.as('count'))
    .where('record', '=', record)
    .where('deletedAt', 'is', null)
    .where('isShared', '=', isShared)
    .$if(!isShared, (views) => views.where('ownerId', '=', viewerOf(ctx)))
    .executeTakeFirstOrThrow()
  if (count >= limit) throw tooManyViews(limit)
}
