import type { ConversationSearch, EndpointResponse, messagingEndpoints } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { isUnread } from './conversation.ts'
import { mayRead } from './conversation-reach.ts'
import { inFolder } from './folders.ts'
import { viewerOf } from './viewer.ts'

/** Nobody reads a larger number, and counting on would cost more than the list. */
const COUNTED = 1_000

/** Per folder, up to 1,000; `unread` among the 1,000 newest open conversations. One statement. */
export async function countConversations(ctx: Ctx): Promise<EndpointResponse<typeof messagingEndpoints.countConversations>> {
  const viewer = viewerOf(ctx)
  const some = (folder: ConversationSearch['folder']) =>
    ctx.db
      .selectFrom('conversation')
      .where((eb) => inFolder(eb, folder, viewer))
      .where(mayRead(ctx))
      .limit(COUNTED)
  const count = (folder: ConversationSearch['folder']) => sql<number>`(select count(*)::int from (${some(folder).select('id')}) as found)`
  const newest = some('open')
    .select(['id', isUnread(viewer)])
    .orderBy('lastMessageAt', 'desc')
    .orderBy('id', 'desc')
  const { rows } = await sql<EndpointResponse<typeof messagingEndpoints.countConversations>>`
    select ${count('open')} as open, ${count('mine')} as mine, ${count('unassigned')} as unassigned, ${count('snoozed')} as snoozed,
           ${count('closed')} as closed, (select count(*)::int from (${newest}) as found where is_unread) as unread`.execute(ctx.db)
  return rows[0] ?? { open: 0, mine: 0, unassigned: 0, snoozed: 0, closed: 0, unread: 0 }
}
