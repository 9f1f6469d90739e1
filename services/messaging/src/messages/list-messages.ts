import type { Message, PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter, notFound } from '@ai-crm/platform'
import { mayReadThrough } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'
import { readAttachments, selectMessages, toMessage } from './message.ts'

/** Newest first. Throws 404 for a conversation that is not there. */
export async function listMessages(ctx: Ctx, conversationId: string, { limit, cursor }: PageQuery): Promise<{ items: Message[]; nextCursor: string | null }> {
  const kind = `messages/${conversationId}`
  const after = cursor === undefined ? null : decodeCursor(ctx, kind, cursor)
  const rows = await selectMessages(ctx.db)
    .where('message.conversationId', '=', conversationId)
    .where(mayReadThrough(ctx, 'message.conversationId'))
    .$if(after !== null, (query) =>
      query.where(({ ref }) =>
        isAfter(
          [
            { column: ref('message.createdAt'), direction: 'desc' },
            { column: ref('message.id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('message.createdAt', 'desc')
    .orderBy('message.id', 'desc')
    .limit(limit + 1)
    .execute()
  // A conversation has a message from its first moment on: an empty first page is one that is not there.
  if (rows.length === 0 && !cursor) throw notFound('conversation')
  const page = rows.slice(0, limit)
  const attachments = await readAttachments(ctx.db, page)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map((row) => toMessage(row, attachments)),
    nextCursor: last ? encodeCursor(ctx, kind, [last.createdAt.toISOString(), last.id]) : null,
  }
}
