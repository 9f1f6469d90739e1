import type { Deal, DealSearch, DealSummaryQuery, Summary } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { shownCustomWords } from '../fields/search-custom.ts'
import { isFoundByShown } from '../lists/found-by-shown.ts'
import { hidesCustom } from '../lists/list-record.ts'
import { listPage, type Page } from '../lists/list-page.ts'
import { summarizeList } from '../lists/summarize-list.ts'
import { ownedBy } from '../owned-by.ts'
import { dealColumns, toDeal } from './deal.ts'

/** Living deals, page by page. */
export const listDeals = (ctx: Ctx, search: DealSearch): Promise<Page<Deal>> => listPage(ctx, dealList, search)

export const summarizeDeals = (ctx: Ctx, query: DealSummaryQuery): Promise<Summary> => summarizeList(ctx, dealList, query)

export const dealList = { record: 'deal', columns: dealColumns, toItem: toDeal, conditions, choices } as const

type Asked = Pick<DealSearch, 'ids' | 'search' | 'stage' | 'stageKind' | 'pipelineId' | 'owner' | 'companyId' | 'contactId'>

function conditions(ctx: Ctx, { ids, search, stage, pipelineId, owner, companyId, contactId }: Asked): RawBuilder<boolean>[] {
  return [
    ...(ids === undefined ? [] : [sql<boolean>`deal.id = any(${ids.split(',')}::uuid[])`]),
    ...(stage === undefined ? [] : [sql<boolean>`deal.stage = ${stage}`]),
    ...(pipelineId === undefined ? [] : [sql<boolean>`deal.pipeline_id = ${pipelineId}::uuid`]),
    ...(owner === undefined ? [] : [ownedBy(ctx, owner, 'deal.ownerId')]),
    ...(companyId === undefined ? [] : [sql<boolean>`deal.company_id = ${companyId}::uuid`]),
    ...(contactId === undefined ? [] : [sql<boolean>`deal.id in (select deal_id from deal_contact where deal_contact.contact_id = ${contactId}::uuid)`]),
    ...(search === undefined || search === '' ? [] : [matches(ctx, search)]),
  ]
}

function choices({ stageKind }: Asked): RawBuilder<boolean>[] {
  return stageKind === undefined ? [] : [sql<boolean>`deal.stage_kind = ${sql.lit(stageKind)}`]
}

const matches = (ctx: Ctx, search: string): RawBuilder<boolean> =>
  sql<boolean>`deal.id in (select crm.search_deal(${search})) and ${isFoundByShown(shownDealWords(ctx), search)}`

/** What the asker may see of the words that it is found by; null: all. */
export function shownDealWords(ctx: Ctx): RawBuilder<string> | null {
  return hidesCustom(ctx, 'deal') ? sql<string>`concat_ws(' ', ' ' || crm.fold_text(deal.title), ${shownCustomWords(ctx, 'deal')})` : null
}
