import { LIST_RECORDS, type ListRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { isFoundByShown as isCompanyFoundByShown } from '../companies/list-companies.ts'
import { isFoundByShown as isContactFoundByShown } from '../contacts/list-contacts.ts'
import type { Ctx } from '../ctx.ts'
import { isFoundByShown as isDealFoundByShown } from '../deals/list-deals.ts'
import { mayReadSome } from '../lists/list-record.ts'

interface SearchedRecord {
  /** What it is called. */
  readonly name: string
  /** The column with the folded name. */
  readonly foldedName: string
  /** When something last happened to it. */
  readonly recency: RawBuilder<Date>
  /** Ids that have the words, in the tables. */
  readonly matching: (query: string) => RawBuilder<unknown>
  readonly isFoundByShown: (ctx: Ctx, query: string) => RawBuilder<boolean>
}

export const SEARCHED_RECORDS: Readonly<Record<ListRecord, SearchedRecord>> = {
  contact: {
    name: 'name',
    foldedName: 'contact.sortName',
    recency: sql<Date>`contact.last_activity_at`,
    matching: (query) => sql`select crm.search_contact(${query})`,
    isFoundByShown: isContactFoundByShown,
  },
  company: {
    name: 'name',
    foldedName: 'company.sortName',
    recency: sql<Date>`company.updated_at`,
    matching: (query) => sql`select crm.search_company(${query})`,
    isFoundByShown: isCompanyFoundByShown,
  },
  deal: {
    name: 'title',
    foldedName: 'deal.sortTitle',
    recency: sql<Date>`deal.updated_at`,
    matching: (query) => sql`select crm.search_deal(${query})`,
    isFoundByShown: isDealFoundByShown,
  },
}

/** The kinds that are asked for and that the asker may see at all. */
export const kindsFor = (ctx: Ctx, record: ListRecord | undefined): readonly ListRecord[] =>
  LIST_RECORDS.filter((kind) => (record === undefined || record === kind) && mayReadSome(ctx, kind))
