import type { Draft, DraftStatus } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor } from '@ai-crm/platform'
import { z } from 'zod'
import { mayReadDraft } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'
import { toDraft } from './draft.ts'

export interface DraftQuery {
  limit: number
  cursor?: string | undefined
  conversationId?: string | undefined
  status?: DraftStatus | undefined
}

const Position = z.tuple([z.uuid()])

/** Newest first: ids are UUIDv7, which sort by time. */
export async function listDrafts(ctx: Ctx, { limit, cursor, conversationId, status }: DraftQuery): Promise<{ items: Draft[]; nextCursor: string | null }> {
  let query = ctx.db
    .selectFrom('draft')
    .selectAll()
    .where(mayReadDraft(ctx))
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (conversationId) query = query.where('conversationId', '=', conversationId)
  if (status) query = query.where('status', '=', status)
  if (cursor) query = query.where('id', '<', Position.parse(decodeCursor(ctx, 'drafts', cursor))[0])

  const rows = await query.execute()
  const items = rows.slice(0, limit).map(toDraft)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(ctx, 'drafts', [last.id]) : null }
}
