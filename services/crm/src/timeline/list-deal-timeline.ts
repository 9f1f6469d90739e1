import type { PageQuery, TimelineEntry } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter, notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { mayRead } from '../deals/deal-reach.ts'
import { toTimelineEntry } from './timeline-entry.ts'

/** The story of a living deal, newest first. */
export async function listDealTimeline(ctx: Ctx, dealId: string, page: PageQuery): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const [deal, rows] = await Promise.all([
    ctx.db.selectFrom('deal').select('id').where('id', '=', dealId).where('deletedAt', 'is', null).where(mayRead(ctx)).executeTakeFirst(),
    entriesOf(ctx, dealId, page).execute(),
  ])
  if (!deal) throw notFound('deal')
  const items = rows.slice(0, page.limit).map(toTimelineEntry)
  const last = rows.length > page.limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kindOf(dealId), [last.occurredAt, last.id]) : null }
}

const kindOf = (dealId: string): string => `deal-timeline/${dealId}`

function entriesOf(ctx: Ctx, dealId: string, { limit, cursor }: PageQuery) {
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(dealId), cursor)
  return ctx.db
    .selectFrom('timelineEntry')
    .select(['id', 'type', 'occurredAt', 'actor', 'conversationId', 'excerpt', 'data'])
    .where('dealId', '=', dealId)
    .$if(after !== null, (query) =>
      query.where(({ ref }) =>
        isAfter(
          [
            { column: ref('occurredAt'), direction: 'desc' },
            { column: ref('id'), direction: 'desc' },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
}
