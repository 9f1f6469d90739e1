import type { Company, CompanySearch, CompanySummaryQuery, Summary } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { shownCustomWords } from '../fields/search-custom.ts'
import { isFoundByShown } from '../lists/found-by-shown.ts'
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
  sql<boolean>`company.id in (select crm.search_company(${search})) and ${isFoundByShown(shownCompanyWords(ctx), search)}`

/** What the asker may see of the words that it is found by; null: all. */
export function shownCompanyWords(ctx: Ctx): RawBuilder<string> | null {
  const areDomainsHidden = isHidden(ctx, 'company', 'domains')
  if (!areDomainsHidden && !hidesCustom(ctx, 'company')) return null
  const shown = areDomainsHidden ? sql`company.name` : sql`concat_ws(' ', company.name, array_to_string(company.domains, ' '))`
  return sql<string>`concat_ws(' ', ' ' || crm.fold_text(${shown}), ${shownCustomWords(ctx, 'company')})`
}

const hasDomain = (ctx: Ctx, domain: string) =>
  isHidden(ctx, 'company', 'domains')
    ? sql<boolean>`false`
    : sql<boolean>`company.id = (select company_id from company_domain where company_domain.domain = ${normalDomain(domain) ?? domain})`
