import type { PageQuery, TimelineEntry } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter, notFound } from '@ai-crm/platform'
import { mayRead } from '../contacts/contact-reach.ts'
import type { Ctx } from '../ctx.ts'
import { ofReadableConversation } from './entry-reach.ts'
import { toTimelineEntry } from './timeline-entry.ts'

/** The story of a living contact, newest first; without what was said in conversations that whoever asks may not read. */
export async function listContactTimeline(ctx: Ctx, contactId: string, page: PageQuery): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const [contact, rows] = await Promise.all([
    ctx.db.selectFrom('contact').select('id').where('id', '=', contactId).where('deletedAt', 'is', null).where(mayRead(ctx)).executeTakeFirst(),
    entriesOf(ctx, contactId, page).execute(),
  ])
  if (!contact) throw notFound('contact')
  const items = rows.slice(0, page.limit).map(toTimelineEntry)
  const last = rows.length > page.limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kindOf(contactId), [last.occurredAt, last.id]) : null }
}

const kindOf = (contactId: string): string => `timeline/${contactId}`

function entriesOf(ctx: Ctx, contactId: string, { limit, cursor }: PageQuery) {
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(contactId), cursor)
  return ctx.db
    .selectFrom('timelineEntry')
    .select(['id', 'type', 'occurredAt', 'actor', 'conversationId', 'excerpt', 'data'])
    .where('contactId', '=', contactId)
    .where(ofReadableConversation(ctx))
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
