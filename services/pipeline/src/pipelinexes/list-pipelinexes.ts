import type { Pipelinex, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { toPipelinex } from './pipelinex.ts'

const Position = z.tuple([z.uuid()])

/** Newest first: ids are UUIDv7, which sort by time. */
export async function listPipelinexes(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: Pipelinex[]; nextCursor: string | null }> {
  let query = ctx.db.selectFrom('pipelinex').selectAll().orderBy('id', 'desc').limit(limit + 1)
  if (cursor) query = query.where('id', '<', Position.parse(decodeCursor(ctx, 'pipelinexes', cursor))[0])

  const rows = await query.execute()
  const items = rows.slice(0, limit).map(toPipelinex)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(ctx, 'pipelinexes', [last.id]) : null }
}
