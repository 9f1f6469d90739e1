import type { PageQuery, WebhookDelivery, WebhookDeliveryDetail, WebhookDeliveryState } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, notFound } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { subscriptions } from '../subscriptions/subscription.ts'
import { toDelivery } from './delivery-row.ts'

const Position = z.tuple([z.uuid()])
type Query = PageQuery & { state?: WebhookDeliveryState | undefined; eventType?: string | undefined }

/** Newest first. Throws 404 for a webhook that is not there. */
export async function listDeliveries(
  ctx: Ctx,
  webhookId: string,
  { limit, cursor, state, eventType }: Query,
): Promise<{ items: WebhookDelivery[]; nextCursor: string | null }> {
  const subscription = await subscriptions(ctx.db).where('id', '=', webhookId).executeTakeFirst()
  if (!subscription) throw notFound('webhook')
  const kind = `webhook-deliveries/${webhookId}`
  let query = ctx.db
    .selectFrom('delivery')
    .selectAll()
    .where('subscriptionId', '=', webhookId)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (state) query = query.where('state', '=', state)
  if (eventType) query = query.where('eventType', '=', eventType)
  if (cursor) query = query.where('id', '<', Position.parse(decodeCursor(ctx, kind, cursor))[0])
  const rows = await query.execute()
  const items = rows.slice(0, limit).map(toDelivery)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(ctx, kind, [last.id]) : null }
}

/** With what was sent and how each attempt went. */
export async function getDelivery({ db }: Ctx, deliveryId: string): Promise<WebhookDeliveryDetail> {
  const row = await db.selectFrom('delivery').selectAll().where('id', '=', deliveryId).executeTakeFirst()
  const subscription = row && (await subscriptions(db).where('id', '=', row.subscriptionId).executeTakeFirst())
  if (!row || !subscription) throw notFound('delivery')
  const attempts = await db.selectFrom('attempt').selectAll().where('deliveryId', '=', deliveryId).orderBy('number', 'desc').limit(100).execute()
  const attemptLog = attempts.map(({ number, startedAt, durationMs, status, failure, excerpt }) => ({
    number,
    startedAt: startedAt.toISOString(),
    durationMs,
    status,
    failure,
    excerpt,
  }))
  return { ...toDelivery(row), payload: row.payload, attemptLog }
}
