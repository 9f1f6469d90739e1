import type { Company, CompanySearch, CompanySummaryQuery, Summary } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { shownCustomWords } from '../fields/search-custom.ts'
import { hidesCustom, isHidden } from '../lists/list-record.ts'
import { listPage, type Page } from '../lists/list-page.ts'
import { summarizeList } from '../lists/summarize-list.ts'
import { ownedBy } from '../owned-by.ts'
import { COMPANY_COLUMNS, toCompany } from './company.ts'
import { normalDomain } from './domain.ts'

/** Living companies, page by page. */
export const listCompanies = (ctx: Ctx, search: CompanySearch): Promise<Page<Company>> => listPage(ctx, companyList, search)

export const summarizeCompanies = (ctx: Ctx, query: CompanySummaryQuery): Promise<Summary> => summarizeList(ctx, companyList, query)

export const companyList = { record: 'company', columns: () => COMPANY_COLUMNS, toItem: toCompany, conditions } as const

function conditions(ctx: Ctx, { search, owner, parentId, domain }: Pick<CompanySearch, 'search' | 'owner' | 'parentId' | 'domain'>): RawBuilder<boolean>[] {
  return [
    ...(owner === undefined ? [] : [ownedBy(ctx, owner, 'company.ownerId')]),
    ...(parentId === undefined ? [] : [sql<boolean>`company.parent_id = ${parentId}::uuid`]),
    ...(domain === undefined ? [] : [hasDomain(ctx, domain)]),
    ...(search === undefined || search === '' ? [] : [matches(ctx, search)]),
  ]
}

const matches = (ctx: Ctx, search: string): RawBuilder<boolean> =>
  sql<boolean>`company.id in (select crm.search_company(${search})) and ${isFoundByShown(ctx, search)}`

/** Of what was found: whoever may not see a field must not find out by searching what is in it. */
export function isFoundByShown(ctx: Ctx, search: string): RawBuilder<boolean> {
  const areDomainsHidden = isHidden(ctx, 'company', 'domains')
  if (!areDomainsHidden && !hidesCustom(ctx, 'company')) return sql<boolean>`true`
  const shown = areDomainsHidden ? sql`company.name` : sql`concat_ws(' ', company.name, array_to_string(company.domains, ' '))`
  const words = sql`concat_ws(' ', ' ' || crm.fold_text(${shown}), ${shownCustomWords(ctx, 'company')})`
  return sql<boolean>`crm.has_words(${words}, ${search})`
}

const hasDomain = (ctx: Ctx, domain: string) =>
  isHidden(ctx, 'company', 'domains')
    ? sql<boolean>`false`
    : sql<boolean>`company.id = (select company_id from company_domain where company_domain.domain = ${normalDomain(domain) ?? domain})`
