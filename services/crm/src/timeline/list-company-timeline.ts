import type { PageQuery, TimelineEntry } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, notFound, type CursorValues } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { mayRead } from '../companies/company-reach.ts'
import { mayRead as mayReadContact } from '../contacts/contact-reach.ts'
import type { Ctx } from '../ctx.ts'
import { ofReadableConversation } from './entry-reach.ts'
import { toTimelineEntry, type EntryRow } from './timeline-entry.ts'

/** Of this many of its people, those who were active last: the newest entries of each are looked up by the index. */
const PEOPLE = 200

/** The story of a living company and of its people, newest first; of people and conversations only what whoever asks may read. */
export async function listCompanyTimeline(ctx: Ctx, companyId: string, page: PageQuery): Promise<{ items: TimelineEntry[]; nextCursor: string | null }> {
  const [company, { rows }] = await Promise.all([
    ctx.db.selectFrom('company').select('id').where('id', '=', companyId).where('deletedAt', 'is', null).where(mayRead(ctx)).executeTakeFirst(),
    entriesOf(ctx, companyId, page).execute(ctx.db),
  ])
  if (!company) throw notFound('company')
  const items = rows.slice(0, page.limit).map(toTimelineEntry)
  const last = rows.length > page.limit ? items.at(-1) : undefined
  return { items, nextCursor: last ? encodeCursor(ctx, kindOf(companyId), [last.occurredAt, last.id]) : null }
}

const kindOf = (companyId: string): string => `company-timeline/${companyId}`

const COLUMNS = sql`timeline_entry.id, timeline_entry.type, timeline_entry.occurred_at as "occurredAt", timeline_entry.actor,
  timeline_entry.conversation_id as "conversationId", timeline_entry.excerpt, timeline_entry.data`

/** The newest of each part, then the newest of all parts: each part has an index in this order. */
function entriesOf(ctx: Ctx, companyId: string, { limit, cursor }: PageQuery): RawBuilder<EntryRow> {
  const newest = newestAfter(cursor === undefined ? null : decodeCursor(ctx, kindOf(companyId), cursor), limit + 1)
  return sql<EntryRow>`
    with people as (
      select contact.id from contact
       where contact.company_id = ${companyId} and contact.deleted_at is null and ${mayReadPeople(ctx)}
       order by contact.last_activity_at desc, contact.id desc limit ${PEOPLE}
    )
    select * from (
      (select ${COLUMNS} from timeline_entry where timeline_entry.company_id = ${companyId} ${newest})
      union all
      (select entry.* from people cross join lateral (
        select ${COLUMNS} from timeline_entry where timeline_entry.contact_id = people.id and ${ofReadableConversation(ctx)} ${newest}
      ) as entry)
    ) as entry
    order by entry."occurredAt" desc, entry.id desc limit ${limit + 1}`
}

const newestAfter = (after: CursorValues | null, limit: number): RawBuilder<unknown> =>
  sql`${after ? sql`and (timeline_entry.occurred_at, timeline_entry.id) < (${sql.join(after)})` : sql``}
    order by timeline_entry.occurred_at desc, timeline_entry.id desc limit ${limit}`

/** Who works there is told by contacts: without the permission to see those the company's own story is left, and nothing where the link is hidden. */
function mayReadPeople(ctx: Ctx): RawBuilder<boolean> {
  const { rights } = ctx
  const isHidden = rights && (!rights.permissions.has('crm.contact.read') || rights.fields.contact?.['company'] === 'hidden')
  return isHidden ? sql<boolean>`false` : mayReadContact(ctx)
}
