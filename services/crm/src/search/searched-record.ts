import { SEARCHED_KINDS, type ListRecord, type SearchedKind } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import { seesAbout } from '../about/seen.ts'
import { shownCompanyWords } from '../companies/list-companies.ts'
import { shownContactWords } from '../contacts/list-contacts.ts'
import type { Ctx } from '../ctx.ts'
import { shownDealWords } from '../deals/list-deals.ts'
import { inSight, isHidden, mayReadSome } from '../lists/list-record.ts'
import { mayReach } from '../tasks/task-reach.ts'

interface SearchedRecord {
  /** Whether the role hides what it is called. */
  readonly isNameHidden: (ctx: Ctx) => boolean
  /** What it is called, folded; empty where nothing is called anything. */
  readonly foldedName: RawBuilder<string>
  /** Whose it is, where that decides who sees it. */
  readonly ownerId: RawBuilder<string | null>
  /** Living, and within reach. */
  readonly inSight: (ctx: Ctx) => RawBuilder<boolean>
  /** Everything that it is found by, folded: what the triggers of the tables keep for PostgreSQL's search. */
  readonly words: RawBuilder<string | null>
  /** When something last happened to it. */
  readonly recency: RawBuilder<Date>
  /** Ids that have the words, in the tables. */
  readonly matching: (query: string) => RawBuilder<unknown>
  /** An index walks by it: who is called as the query begins is found however many have its words. */
  readonly isNameIndexed: boolean
  /** The words that the asker may see; null: all of them. */
  readonly shownWords: (ctx: Ctx) => RawBuilder<string> | null
}

const withCustom = (record: ListRecord, words: RawBuilder<unknown>): RawBuilder<string | null> =>
  sql<string | null>`concat_ws(' ', ${words}, crm.fold_text(crm.custom_words(${sql.ref(`${record}.organizationId`)}, ${sql.ref(`${record}.custom`)})))`

const ofList = (record: ListRecord, name: string) => ({
  isNameHidden: (ctx: Ctx) => isHidden(ctx, record, name),
  isNameIndexed: true,
  ownerId: sql.ref<string | null>(`${record}.ownerId`),
  inSight: (ctx: Ctx) => inSight(ctx, record),
})

/** Seen through what it is about; no field of it is ever hidden. */
const ofOthers = { isNameHidden: () => false, isNameIndexed: false, ownerId: sql<null>`null::uuid`, shownWords: () => null } as const

export const SEARCHED_RECORDS: Readonly<Record<SearchedKind, SearchedRecord>> = {
  contact: {
    ...ofList('contact', 'name'),
    foldedName: sql<string>`contact.sort_name`,
    words: withCustom(
      'contact',
      sql`crm.contact_words(contact.name, contact.email, contact.emails, contact.phone, contact.phones, contact.telegrams, contact.company)`,
    ),
    recency: sql<Date>`contact.last_activity_at`,
    matching: (query) => sql`select crm.search_contact(${query})`,
    shownWords: shownContactWords,
  },
  company: {
    ...ofList('company', 'name'),
    foldedName: sql<string>`company.sort_name`,
    words: withCustom('company', sql`crm.fold_text(concat_ws(' ', company.name, array_to_string(company.domains, ' ')))`),
    recency: sql<Date>`company.updated_at`,
    matching: (query) => sql`select crm.search_company(${query})`,
    shownWords: shownCompanyWords,
  },
  deal: {
    ...ofList('deal', 'title'),
    foldedName: sql<string>`deal.sort_title`,
    words: withCustom('deal', sql`crm.fold_text(deal.title)`),
    recency: sql<Date>`deal.updated_at`,
    matching: (query) => sql`select crm.search_deal(${query})`,
    shownWords: shownDealWords,
  },
  task: {
    ...ofOthers,
    foldedName: sql<string>`crm.fold_text(task.title)`,
    inSight: (ctx) => sql<boolean>`task.deleted_at is null and ${mayReach(ctx)}`,
    words: sql<string>`crm.fold_text(concat_ws(' ', task.title, task.note))`,
    recency: sql<Date>`task.updated_at`,
    matching: (query) => sql`select crm.search_task(${query})`,
  },
  note: {
    ...ofOthers,
    foldedName: sql<string>`''`,
    inSight: (ctx) => sql<boolean>`note.deleted_at is null and ${seesAbout(ctx, 'note')}`,
    words: sql<string>`crm.fold_text(note.body)`,
    recency: sql<Date>`note.updated_at`,
    matching: (query) => sql`select crm.search_note(${query})`,
  },
}

/** The kinds that are asked for and that the asker may see at all. */
export const kindsFor = (ctx: Ctx, record: SearchedKind | undefined): readonly SearchedKind[] =>
  SEARCHED_KINDS.filter((kind) => (record === undefined || record === kind) && mayReadSome(ctx, kind))
