import { hidesNothing, readsEverything, type LocalMail, type PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { mayReadThrough } from '../conversations/conversation-reach.ts'
import type { Ctx } from '../ctx.ts'

const KIND = 'local-mail'

/**
 * What the world would have got, newest first. Whoever may not read every record sees what left from conversations that they may read; what the product
 * wrote to colleagues may tell of records that are not theirs.
 */
export async function listLocalMail(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: LocalMail[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : decodeCursor(ctx, KIND, cursor)
  const rows = await ctx.db
    .selectFrom('localMail')
    .select(['id', 'messageId', 'conversationId', 'fromAddress', 'toAddresses', 'subject', 'text', 'receivedAt'])
    .where(mayReadThrough(ctx, 'localMail.conversationId'))
    .$if(!seesAll(ctx), (query) => query.where('conversationId', 'is not', null))
    .$if(after !== null, (query) =>
      query.where(({ ref }) =>
        isAfter(
          [
            { column: ref('receivedAt'), direction: 'desc' },
            { column: ref('id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('receivedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ fromAddress, toAddresses, receivedAt, ...mail }) => ({
      ...mail,
      from: fromAddress,
      to: toAddresses,
      receivedAt: receivedAt.toISOString(),
    })),
    nextCursor: last ? encodeCursor(ctx, KIND, [last.receivedAt.toISOString(), last.id]) : null,
  }
}

const seesAll = ({ rights }: Pick<Ctx, 'rights'>): boolean => readsEverything(rights?.scopes ?? {}) && hidesNothing(rights?.fields ?? {})
