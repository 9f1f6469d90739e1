import type { Company, CompanySearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { hiddenCustom, shownCustomWords } from '../fields/search-custom.ts'
import { ownedBy } from '../owned-by.ts'
import { COMPANY_COLUMNS, toCompany } from './company.ts'
import { mayRead } from './company-reach.ts'
import { normalDomain } from './domain.ts'

/** Each has an index (organization, column, id); none can be null. */
const SORT_COLUMNS = { createdAt: 'company.createdAt', name: 'company.sortName' } as const

/** Living companies, page by page. */
export async function listCompanies(ctx: Ctx, search: CompanySearch): Promise<{ items: Company[]; nextCursor: string | null }> {
  const rows = await companyPage(ctx, search).execute()
  const items = rows.slice(0, search.limit)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return {
    items: items.map(toCompany),
    nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.sortKey, last.id]) : null,
  }
}

/** A cursor continues the list it came from: the same sort, filter and words. */
const kindOf = ({ sort, direction, owner, parentId, domain, search }: CompanySearch): string =>
  ['companies', sort, direction, owner ?? '', parentId ?? '', domain ?? '', search ?? ''].join('/')

/** Whoever may not see domains must not find out by searching which they are. */
const areDomainsHidden = ({ rights }: Ctx): boolean => rights?.fields.company?.['domains'] === 'hidden'

/** Among what was found. */
function isInSight(ctx: Ctx, search: string) {
  const domains = areDomainsHidden(ctx) ? sql`null` : sql`array_to_string(company.domains, ' ')`
  return sql<boolean>`concat_ws(' ', ' ' || crm.fold_text(concat_ws(' ', company.name, ${domains})), ${shownCustomWords(ctx, 'company')}) like all (crm.search_patterns(${search}))`
}

const hasDomain = (ctx: Ctx, domain: string) =>
  areDomainsHidden(ctx)
    ? sql<boolean>`false`
    : sql<boolean>`company.id = (select company_id from company_domain where company_domain.domain = ${normalDomain(domain) ?? domain})`

/** One row more than the page: whether there is a next one. */
function companyPage(ctx: Ctx, query: CompanySearch) {
  const { sort, direction, owner, parentId, domain, search, limit, cursor } = query
  const column = SORT_COLUMNS[sort]
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(query), cursor)
  return ctx.db
    .selectFrom('company')
    .select(COMPANY_COLUMNS)
    .select(({ cast, ref }) => cast<string>(ref(column), 'text').as('sortKey'))
    .where('company.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .$if(owner !== undefined, (page) => page.where(ownedBy(ctx, owner ?? 'nobody', 'company.ownerId')))
    .$if(parentId !== undefined, (page) => page.where('company.parentId', '=', parentId ?? ''))
    .$if(domain !== undefined, (page) => page.where(hasDomain(ctx, domain ?? '')))
    .$if(search !== undefined && search !== '', (page) => page.where('company.id', 'in', sql<string>`(select crm.search_company(${search}))`))
    .$if(search !== undefined && search !== '' && (areDomainsHidden(ctx) || hiddenCustom(ctx, 'company').length > 0), (page) =>
      page.where(isInSight(ctx, search ?? '')),
    )
    .$if(after !== null, (page) =>
      page.where(({ ref }) =>
        isAfter(
          [
            { column: ref(column), direction },
            { column: ref('company.id'), direction },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy(column, direction)
    .orderBy('company.id', direction)
    .limit(limit + 1)
}
