import type { FlagChange, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const Position = z.tuple([z.uuid()])

/** Newest first, by id (UUID version 7). */
export async function listFlagChanges(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: FlagChange[]; nextCursor: string | null }> {
  const before = cursor === undefined ? null : Position.parse(decodeCursor(ctx, 'flag-changes', cursor))[0]
  const rows = await ctx.db
    .selectFrom('flagChange')
    .selectAll()
    .$if(before !== null, (query) => query.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const items = page.map(({ id, occurredAt, flag, changedBy, email, reason, address, ...row }) => ({
    id,
    occurredAt: occurredAt.toISOString(),
    flag,
    changedBy: { id: changedBy, email },
    from: { isKilled: row.fromKilled, percentage: row.fromPercentage },
    to: { isKilled: row.toKilled, percentage: row.toPercentage },
    organization: row.tenantId && row.slug ? { id: row.tenantId, slug: row.slug, from: row.fromOn, to: row.toOn } : null,
    reason,
    address,
  }))
  return { items, nextCursor: last ? encodeCursor(ctx, 'flag-changes', [last.id]) : null }
}
