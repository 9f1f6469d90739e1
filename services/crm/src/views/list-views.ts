import { LIST_RECORDS, MAX_VIEWS_IN_SIGHT, type ListRecord, type View } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { mayReadSome } from '../lists/list-record.ts'
import { isVisible, toView, VIEW_COLUMNS } from './view.ts'

/** None for whoever may not see such records. There are at most as many as the limits allow. */
export async function listViews(ctx: Ctx, { record }: { record?: ListRecord | undefined }): Promise<{ items: View[] }> {
  const records = (record ? [record] : LIST_RECORDS).filter((one) => mayReadSome(ctx, one))
  if (records.length === 0) return { items: [] }
  const views = ctx.db.selectFrom('view').select(VIEW_COLUMNS).where('record', 'in', records).where(isVisible(ctx))
  const rows = await views.orderBy('view.position').orderBy('view.id').limit(MAX_VIEWS_IN_SIGHT).execute()
  return { items: rows.map(toView) }
}

export async function getView(ctx: Ctx, viewId: string): Promise<View> {
  const row = await ctx.db.selectFrom('view').select(VIEW_COLUMNS).where('id', '=', viewId).where(isVisible(ctx)).executeTakeFirst()
  if (!row || !mayReadSome(ctx, row.record)) throw notFound('view')
  return toView(row)
}
