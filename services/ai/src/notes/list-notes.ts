import type { Note, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { toNote } from './note.ts'

const Position = z.tuple([z.uuid()])

/** Newest first: ids are UUIDv7, which sort by time. */
export async function listNotes(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: Note[]; nextCursor: string | null }> {
  let query = ctx.db
    .selectFrom('note')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('id', '<', Position.parse(decodeCursor(ctx, 'notes', cursor))[0])

  const rows = await query.execute()
  const items = rows.slice(0, limit).map(toNote)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(ctx, 'notes', [last.id]) : null }
}
