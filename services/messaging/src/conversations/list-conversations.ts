import type { Conversation, ConversationSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { CONVERSATION_COLUMNS, isUnread, toConversation } from './conversation.ts'
import { mayRead } from './conversation-reach.ts'
import { inFolder } from './folders.ts'
import { viewerOf } from './viewer.ts'

/** A search looks at this many of the folder's newest conversations, so that its cost has a bound. */
const SEARCHED = 10_000

/** Newest message first, page by page. Each folder is one index walk. */
export async function listConversations(ctx: Ctx, search: ConversationSearch): Promise<{ items: Conversation[]; nextCursor: string | null }> {
  const rows = await conversationPage(ctx, search).execute()
  const items = rows.slice(0, search.limit)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return {
    items: items.map(toConversation),
    nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.lastMessageAt.toISOString(), last.id]) : null,
  }
}

const kindOf = ({ folder, contactId, search }: ConversationSearch): string => ['conversations', folder, contactId ?? '', search ?? ''].join('/')

/** One row more than the page: whether there is a next one. */
function conversationPage(ctx: Ctx, search: ConversationSearch) {
  const { folder, contactId, limit, cursor } = search
  const words = search.search?.toLowerCase() ?? ''
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(search), cursor)
  const candidates = ctx.db
    .selectFrom('conversation')
    .selectAll()
    .where((eb) => inFolder(eb, folder, viewerOf(ctx)))
    .where(mayRead(ctx))
    .$if(contactId !== undefined, (query) => query.where('contactId', '=', contactId ?? null))
    .$if(after !== null, (query) =>
      query.where(({ ref }) =>
        isAfter(
          [
            { column: ref('lastMessageAt'), direction: 'desc' },
            { column: ref('id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('lastMessageAt', 'desc')
    .orderBy('id', 'desc')
    .limit(words === '' ? limit + 1 : SEARCHED)
    .as('conversation')
  return ctx.db
    .selectFrom(candidates)
    .select([...CONVERSATION_COLUMNS, isUnread(viewerOf(ctx))])
    .$if(words !== '', (query) => query.where(hasWords(words)))
    .orderBy('conversation.lastMessageAt', 'desc')
    .orderBy('conversation.id', 'desc')
    .limit(limit + 1)
}

/** As they stand, or as the same keys write them in the other layout. */
const hasWords = (words: string) =>
  sql<boolean>`(position(${words} in conversation.search_text) > 0 or position(platform.other_layout(${words}) in conversation.search_text) > 0)`
