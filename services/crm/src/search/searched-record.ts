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
  /** Everything that it is found by, folded: what the triggers of the tables keep for PostgreSQL's search. */
  readonly words: RawBuilder<string | null>
  /** When something last happened to it. */
  readonly recency: RawBuilder<Date>
  /** Ids that have the words, in the tables. */
  readonly matching: (query: string) => RawBuilder<unknown>
  readonly isFoundByShown: (ctx: Ctx, query: string) => RawBuilder<boolean>
}

const withCustom = (record: ListRecord, words: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`concat_ws(' ', ${words}, crm.fold_text(crm.custom_words(${sql.ref(`${record}.organizationId`)}, ${sql.ref(`${record}.custom`)})))`

export const SEARCHED_RECORDS: Readonly<Record<ListRecord, SearchedRecord>> = {
  contact: {
    name: 'name',
    foldedName: 'contact.sortName',
    words: withCustom(
      'contact',
      sql`crm.contact_words(contact.name, contact.email, contact.emails, contact.phone, contact.phones, contact.telegrams, contact.company)`,
    ),
    recency: sql<Date>`contact.last_activity_at`,
    matching: (query) => sql`select crm.search_contact(${query})`,
    isFoundByShown: isContactFoundByShown,
  },
  company: {
    name: 'name',
    foldedName: 'company.sortName',
    words: withCustom('company', sql`crm.fold_text(concat_ws(' ', company.name, array_to_string(company.domains, ' ')))`),
    recency: sql<Date>`company.updated_at`,
    matching: (query) => sql`select crm.search_company(${query})`,
    isFoundByShown: isCompanyFoundByShown,
  },
  deal: {
    name: 'title',
    foldedName: 'deal.sortTitle',
    words: withCustom('deal', sql`crm.fold_text(deal.title)`),
    recency: sql<Date>`deal.updated_at`,
    matching: (query) => sql`select crm.search_deal(${query})`,
    isFoundByShown: isDealFoundByShown,
  },
}

/** The kinds that are asked for and that the asker may see at all. */
export const kindsFor = (ctx: Ctx, record: ListRecord | undefined): readonly ListRecord[] =>
  LIST_RECORDS.filter((kind) => (record === undefined || record === kind) && mayReadSome(ctx, kind))
