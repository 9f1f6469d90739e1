import { SystemMail, type PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'

const KIND = 'system-mail'

/** What the product wrote to people of this organisation, newest first. */
export async function listSystemMails(ctx: Ctx, { limit, cursor }: PageQuery): Promise<{ items: SystemMail[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : decodeCursor(ctx, KIND, cursor)
  const rows = await ctx.db
    .selectFrom('systemMail')
    .select(['id', 'toAddress', 'template', 'state', 'attempts', 'reason', 'createdAt', 'sentAt'])
    .$if(after !== null, (query) =>
      query.where(({ ref }) =>
        isAfter(
          [
            { column: ref('createdAt'), direction: 'desc' },
            { column: ref('id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ toAddress, createdAt, sentAt, ...mail }) =>
      SystemMail.parse({ ...mail, to: toAddress, createdAt: createdAt.toISOString(), sentAt: sentAt?.toISOString() ?? null }),
    ),
    nextCursor: last ? encodeCursor(ctx, KIND, [last.createdAt.toISOString(), last.id]) : null,
  }
}
