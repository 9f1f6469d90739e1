import { DEAL_STAGES, type Deal, type DealSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, fieldDenied, isAfter } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { hiddenCustom, shownCustomWords } from '../fields/search-custom.ts'
import { ownedBy } from '../owned-by.ts'
import { dealColumns, toDeal } from './deal.ts'
import { mayRead } from './deal-reach.ts'

/** Each has an index (organization, column, id); none can be null. */
const SORT_COLUMNS = { createdAt: 'deal.createdAt', title: 'deal.sortTitle', expectedCloseOn: 'deal.sortClose' } as const

const OPEN_STAGES = DEAL_STAGES.flatMap(({ id, kind }) => (kind === 'open' ? [id] : []))

/** Living deals, page by page. Without an expected date a deal sorts as the last to close. Throws `fieldDenied` (403). */
export async function listDeals(ctx: Ctx, search: DealSearch): Promise<{ items: Deal[]; nextCursor: string | null }> {
  // The order would tell what the role hides.
  if (search.sort === 'expectedCloseOn' && ctx.rights?.fields.deal?.['expectedCloseOn'] === 'hidden') throw fieldDenied(['expectedCloseOn'])
  const rows = await dealPage(ctx, search).execute()
  const items = rows.slice(0, search.limit)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return {
    items: items.map(toDeal),
    nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.sortKey, last.id]) : null,
  }
}

/** A cursor continues the list it came from: the same sort, filter and words. */
const kindOf = ({ sort, direction, stage, owner, companyId, contactId, search }: DealSearch): string =>
  ['deals', sort, direction, stage ?? '', owner ?? '', companyId ?? '', contactId ?? '', search ?? ''].join('/')

/** Among what was found: whoever may not see a field must not find out by searching what is in it. */
const isInSight = (ctx: Ctx, search: string) =>
  sql<boolean>`concat_ws(' ', ' ' || crm.fold_text(deal.title), ${shownCustomWords(ctx, 'deal')}) like all (crm.search_patterns(${search}))`

/** One row more than the page: whether there is a next one. */
function dealPage(ctx: Ctx, query: DealSearch) {
  const { sort, direction, stage, owner, companyId, contactId, search, limit, cursor } = query
  const column = SORT_COLUMNS[sort]
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(query), cursor)
  return ctx.db
    .selectFrom('deal')
    .select(dealColumns(ctx))
    .select(({ cast, ref }) => cast<string>(ref(column), 'text').as('sortKey'))
    .where('deal.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .$if(stage !== undefined, (page) => page.where('deal.stage', 'in', stage === undefined || stage === 'open' ? OPEN_STAGES : [stage]))
    .$if(owner !== undefined, (page) => page.where(ownedBy(ctx, owner ?? 'nobody', 'deal.ownerId')))
    .$if(companyId !== undefined, (page) => page.where('deal.companyId', '=', companyId ?? ''))
    .$if(contactId !== undefined, (page) =>
      page.where('deal.id', 'in', sql<string>`(select deal_id from deal_contact where deal_contact.contact_id = ${contactId}::uuid)`),
    )
    .$if(search !== undefined && search !== '', (page) => page.where('deal.id', 'in', sql<string>`(select crm.search_deal(${search}))`))
    .$if(search !== undefined && search !== '' && hiddenCustom(ctx, 'deal').length > 0, (page) => page.where(isInSight(ctx, search ?? '')))
    .$if(after !== null, (page) =>
      page.where(({ ref }) =>
        isAfter(
          [
            { column: ref(column), direction },
            { column: ref('deal.id'), direction },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy(column, direction)
    .orderBy('deal.id', direction)
    .limit(limit + 1)
}
