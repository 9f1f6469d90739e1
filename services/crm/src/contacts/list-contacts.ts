import type { Contact, ContactSearch } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, isAfter } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { hiddenCustom, shownCustomWords } from '../fields/search-custom.ts'
import { ownedBy } from '../owned-by.ts'
import { CONTACT_COLUMNS, toContact } from './contact.ts'
import { mayRead } from './contact-reach.ts'

/** Each has an index (organization, column, id); none can be null. */
const SORT_COLUMNS = { createdAt: 'contact.createdAt', name: 'contact.sortName', lastActivityAt: 'contact.lastActivityAt' } as const

/** Living contacts, page by page. Who has never been active sorts as the longest inactive. */
export async function listContacts(ctx: Ctx, search: ContactSearch): Promise<{ items: Contact[]; nextCursor: string | null }> {
  const rows = await contactPage(ctx, search).execute()
  const items = rows.slice(0, search.limit)
  const last = rows.length > search.limit ? items.at(-1) : undefined
  return {
    items: items.map(toContact),
    nextCursor: last ? encodeCursor(ctx, kindOf(search), [last.sortKey, last.id]) : null,
  }
}

/** A cursor continues the list it came from: the same sort, filter and words. */
const kindOf = ({ sort, direction, source, owner, companyId, search }: ContactSearch): string =>
  ['contacts', sort, direction, source ?? '', owner ?? '', companyId ?? '', search ?? ''].join('/')

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

const isHidden = ({ rights }: Ctx, field: string): boolean => rights?.fields.contact?.[field] === 'hidden'
const hidesWords = (ctx: Ctx): boolean => SEARCHED.some(([, field]) => isHidden(ctx, field)) || hiddenCustom(ctx, 'contact').length > 0

/** Among what was found: whoever may not see a field must not find out by searching what is in it. */
function isInSight(ctx: Ctx, search: string) {
  const shown = SEARCHED.map(([column, field]) => (isHidden(ctx, field) ? sql`null` : sql.ref(`contact.${column}`)))
  const words = sql`concat_ws(' ', crm.contact_words(${sql.join(shown)}), ${shownCustomWords(ctx, 'contact')})`
  return sql<boolean>`crm.has_words(${words}, ${search})`
}

/** Nobody, for whoever may not see where people work. */
const worksFor = (ctx: Ctx, companyId: string) => (isHidden(ctx, 'company') ? sql<boolean>`false` : sql<boolean>`contact.company_id = ${companyId}::uuid`)

/** One row more than the page: whether there is a next one. */
function contactPage(ctx: Ctx, query: ContactSearch) {
  const { sort, direction, source, owner, companyId, search, limit, cursor } = query
  const column = SORT_COLUMNS[sort]
  const after = cursor === undefined ? null : decodeCursor(ctx, kindOf(query), cursor)
  return ctx.db
    .selectFrom('contact')
    .select(CONTACT_COLUMNS)
    .select(({ cast, ref }) => cast<string>(ref(column), 'text').as('sortKey'))
    .where('contact.deletedAt', 'is', null)
    .where(mayRead(ctx))
    .$if(owner !== undefined, (page) => page.where(ownedBy(ctx, owner ?? 'nobody', 'contact.ownerId')))
    .$if(companyId !== undefined, (page) => page.where(worksFor(ctx, companyId ?? '')))
    .$if(source !== undefined, (page) => page.where('contact.source', '=', source ?? 'manual'))
    .$if(search !== undefined && search !== '', (page) => page.where('contact.id', 'in', sql<string>`(select crm.search_contact(${search}))`))
    .$if(search !== undefined && search !== '' && hidesWords(ctx), (page) => page.where(isInSight(ctx, search ?? '')))
    .$if(after !== null, (page) =>
      page.where(({ ref }) =>
        isAfter(
          [
            { column: ref(column), direction },
            { column: ref('contact.id'), direction },
          ],
          after ?? [],
        ),
      ),
    )
    .orderBy(column, direction)
    .orderBy('contact.id', direction)
    .limit(limit + 1)
}
