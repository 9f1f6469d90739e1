import { sql } from 'kysely'
import type { Write } from '../ctx.ts'

/** More than a person gives occasion for in an hour, and far less than a machine that answers at once. */
const AUTO_DRAFTS_PER_CONVERSATION_HOUR = 6

/** C9: mail that no header marks as a machine's can still be a loop; it must not eat the organisation's budget. */
export async function isAutoDraftDue({ db }: Pick<Write, 'db'>, conversationId: string): Promise<boolean> {
  const { count } = await db
    .selectFrom('draft')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversationId', '=', conversationId)
    .where('requestedBy', 'is', null)
    .where('createdAt', '>', sql<Date>`now() - interval '1 hour'`)
    .executeTakeFirstOrThrow()
  return count < AUTO_DRAFTS_PER_CONVERSATION_HOUR
}
