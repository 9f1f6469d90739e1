import type { Contact, ContactSearch, ContactSummaryQuery, Summary } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { shownCustomWords } from '../fields/search-custom.ts'
import { isFoundByShown } from '../lists/found-by-shown.ts'
import { hidesCustom, isHidden } from '../lists/list-record.ts'
import { listPage, type Page } from '../lists/list-page.ts'
import { summarizeList } from '../lists/summarize-list.ts'
import { ownedBy } from '../owned-by.ts'
import { CONTACT_COLUMNS, toContact } from './contact.ts'

/** Living contacts, page by page. */
export const listContacts = (ctx: Ctx, search: ContactSearch): Promise<Page<Contact>> => listPage(ctx, contactList, search)

export const summarizeContacts = (ctx: Ctx, query: ContactSummaryQuery): Promise<Summary> => summarizeList(ctx, contactList, query)

export const contactList = { record: 'contact', columns: () => CONTACT_COLUMNS, toItem: toContact, conditions, choices } as const

type Asked = Pick<ContactSearch, 'search' | 'source' | 'owner' | 'companyId'>

function conditions(ctx: Ctx, { search, owner, companyId }: Asked): RawBuilder<boolean>[] {
  return [
    ...(owner === undefined ? [] : [ownedBy(ctx, owner, 'contact.ownerId')]),
    ...(companyId === undefined ? [] : [worksFor(ctx, companyId)]),
    ...(search === undefined || search === '' ? [] : [matches(ctx, search)]),
  ]
}

function choices({ source }: Asked): RawBuilder<boolean>[] {
  return source === undefined ? [] : [sql<boolean>`contact.source = ${sql.lit(source)}`]
}

/** The arguments of `contact_words`, in its order, and the field whose rule hides each. */
const SEARCHED = [
  ['name', 'name'],
  ['email', 'email'],
  ['emails', 'email'],
  ['phone', 'phone'],
  ['phones', 'phone'],
  ['telegrams', 'telegrams'],
  ['company', 'company'],
] as const

const matches = (ctx: Ctx, search: string): RawBuilder<boolean> =>
  sql<boolean>`contact.id in (select crm.search_contact(${search})) and ${isFoundByShown(shownContactWords(ctx), search)}`

/** What the asker may see of the words that it is found by; null: all. */
export function shownContactWords(ctx: Ctx): RawBuilder<string> | null {
  if (!SEARCHED.some(([, field]) => isHidden(ctx, 'contact', field)) && !hidesCustom(ctx, 'contact')) return null
  const shown = SEARCHED.map(([column, field]) => (isHidden(ctx, 'contact', field) ? sql`null` : sql.ref(`contact.${column}`)))
  return sql<string>`concat_ws(' ', crm.contact_words(${sql.join(shown)}), ${shownCustomWords(ctx, 'contact')})`
}

/** Nobody, for whoever may not see where people work. */
const worksFor = (ctx: Ctx, companyId: string) =>
  isHidden(ctx, 'contact', 'company') ? sql<boolean>`false` : sql<boolean>`contact.company_id = ${companyId}::uuid`
