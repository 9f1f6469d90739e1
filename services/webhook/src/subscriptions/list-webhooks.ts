import type { PageQuery, Webhook } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { subscriptions, toWebhook } from './subscription.ts'

const Position = z.tuple([z.uuid()])

/** Newest first: ids are UUIDv7, which sort by time. */
export async function listWebhooks(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: Webhook[]; nextCursor: string | null }> {
  let query = subscriptions(ctx.db)
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('id', '<', Position.parse(decodeCursor(ctx, 'webhooks', cursor))[0])
  const rows = await query.execute()
  const items = rows.slice(0, limit).map(toWebhook)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(ctx, 'webhooks', [last.id]) : null }
}
