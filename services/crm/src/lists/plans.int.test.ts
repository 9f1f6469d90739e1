import {
  BoardColumnQuery,
  BoardQuery,
  ContactSearch,
  CompanySearch,
  DealSearch,
  PageQuery,
  RecordNoteSearch,
  TaskSearch,
  TrashQuery,
  DuplicateSearch,
} from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { explain } from '@ai-crm/testing/database'
import { beforeAll, expect, it } from 'vitest'
import { getBoard } from '../boards/get-board.ts'
import { listBoardColumn } from '../boards/list-board-column.ts'
import { getCompany } from '../companies/get-company.ts'
import { listCompanies } from '../companies/list-companies.ts'
import { getContact } from '../contacts/get-contact.ts'
import { listContacts } from '../contacts/list-contacts.ts'
import type { Ctx } from '../ctx.ts'
import { getDeal } from '../deals/get-deal.ts'
import { listDeals } from '../deals/list-deals.ts'
import { findContactsLike } from '../duplicates/find-alike.ts'
import { comparePairs } from '../duplicates/match-records.ts'
import { listContactPairs } from '../duplicates/list-pairs.ts'
import { listNotes } from '../notes/list-notes.ts'
import { askedBy } from '../operations/operation-rights.ts'
import service from '../service.ts'
import { listTasks } from '../tasks/list-tasks.ts'
import { listCompanyTimeline } from '../timeline/list-company-timeline.ts'
import { listContactTimeline } from '../timeline/list-contact-timeline.ts'
import { listTrash } from '../trash/list-trash.ts'
import { idOf, seedManyRecords } from '../testing/many-records.ts'
import { watchedCtx } from '../testing/watched-ctx.ts'

const crm = await startService(service)
const agent = await crm.signIn()
let fieldId = ''
/** Ids as the seed gives them. */
const ids = { contact: '', company: '', deal: '', small: '', large: '' }

beforeAll(async () => {
  fieldId = (await agent.post('/fields', { record: 'contact', label: 'Score', kind: 'number' })).body.id
  await seedManyRecords(crm.database, agent.organizationId, agent.userId, fieldId)
  const [row] = await crm.database.asAdmin(`select ${idOf('contact', '16')} as contact, ${idOf('company', '17')} as company, ${idOf('deal', '5')} as deal,
    ${idOf('other', '7')} as small, ${idOf('other', '31')} as large`)
  Object.assign(ids, row)
})

type Ask = (ctx: Ctx) => Promise<unknown>
type Page = { readonly nextCursor: string | null }

const contacts = (query: Record<string, unknown>) => async (ctx: Ctx, cursor?: string) => listContacts(ctx, ContactSearch.parse({ ...query, cursor }))
const companies = (query: Record<string, unknown>) => async (ctx: Ctx, cursor?: string) => listCompanies(ctx, CompanySearch.parse({ ...query, cursor }))
const deals = (query: Record<string, unknown>) => async (ctx: Ctx, cursor?: string) => listDeals(ctx, DealSearch.parse({ ...query, cursor }))
/** As the person whose operations they are. */
const ofOperation =
  (operationId: string, query: Record<string, unknown> = {}) =>
  (ctx: Ctx) =>
    contacts({ ...query, operationId })(askedBy(ctx, { userId: agent.userId, permissions: ['crm.contact.read'], scopes: {}, fields: {} }))
const filter = (...all: unknown[]) => JSON.stringify({ all })
/** The page after the first one. */
const deeper = (list: (ctx: Ctx, cursor?: string) => Promise<Page>) => async (ctx: Ctx) => list(ctx, (await list(ctx)).nextCursor ?? '')

/** What people wait for all day. */
const HOT: Readonly<Record<string, Ask>> = {
  contact: (ctx) => getContact(ctx, ids.contact),
  'contacts newest': contacts({}),
  'contacts newest deeper': deeper(contacts({})),
  'contacts by name of a source': contacts({ sort: 'name', direction: 'asc', source: 'manual' }),
  'contacts by name of a source deeper': deeper(contacts({ sort: 'name', direction: 'asc', source: 'manual' })),
  'contacts by a custom field': (ctx) => contacts({ sort: `custom.${fieldId}`, direction: 'asc' })(ctx),
  'contacts with a custom value': (ctx) => contacts({ filter: filter({ field: `custom.${fieldId}`, op: 'is', value: 250 }) })(ctx),
  'contacts of a company': (ctx) => contacts({ companyId: ids.company })(ctx),
  'contacts of an operation': (ctx) => ofOperation(ids.small)(ctx),
  'contacts of a large operation': (ctx) => ofOperation(ids.large, { sort: 'name', direction: 'asc' })(ctx),
  'contacts with a deal of an amount': contacts({ filter: filter({ field: 'deals.amountMinor', op: 'is', value: { amountMinor: 77_700, currency: 'EUR' } }) }),
  'deals with a person called so': deals({ filter: filter({ field: 'contacts.email', op: 'is', value: '77@bulk.example' }) }),
  'contacts with a part of a phone': contacts({ filter: filter({ field: 'phone', op: 'contains', value: '9170000077' }) }),
  'contacts with a part of a position': contacts({ filter: filter({ field: 'position', op: 'contains', value: 'director 39' }) }),
  'contacts found by a word': contacts({ search: 'zimelin16' }),
  'contacts found in spite of a typo': contacts({ search: 'belorbreg31' }),
  company: (ctx) => getCompany(ctx, ids.company),
  'companies by name': companies({ sort: 'name', direction: 'asc' }),
  'companies found by a word': companies({ search: 'firm77.example' }),
  deal: (ctx) => getDeal(ctx, ids.deal),
  'deals of a stage': deals({ stage: 'proposal' }),
  'deals by amount deeper': deeper(deals({ sort: 'amountMinor', direction: 'desc' })),
  'deals of a contact': (ctx) => deals({ contactId: ids.contact })(ctx),
  'deals found by a word': deals({ search: 'lorenman77' }),
  'a board': (ctx) => getBoard(ctx, BoardQuery.parse({ limit: 20 })),
  'a column of a board deeper': async (ctx) => {
    const { nextCursor } = await listBoardColumn(crm.ctx(agent.organizationId) as Ctx, 'proposal', BoardColumnQuery.parse({}))
    await listBoardColumn(ctx, 'proposal', BoardColumnQuery.parse({ cursor: nextCursor }))
  },
  'tasks of a contact': (ctx) => listTasks(ctx, TaskSearch.parse({ contactId: ids.contact })),
  'open tasks': (ctx) => listTasks(ctx, TaskSearch.parse({})),
  'notes of a contact': (ctx) => listNotes(ctx, RecordNoteSearch.parse({ contactId: ids.contact })),
  'story of a contact': (ctx) => listContactTimeline(ctx, ids.contact, PageQuery.parse({})),
  'story of a company': (ctx) => listCompanyTimeline(ctx, ids.company, PageQuery.parse({})),
  'deleted contacts': (ctx) => listTrash(ctx, TrashQuery.parse({ record: 'contact' })),
  'pairs of contacts that look alike': (ctx) => listContactPairs(ctx, DuplicateSearch.parse({})),
  'contacts like those that were written': (ctx) => comparePairs(ctx.db, 'contact', [ids.contact]),
  'contacts like one that is typed': (ctx) => findContactsLike(ctx, { name: 'Ada Zimelin16', email: '11@bulk.example' }, null),
}

/** The page and what decides whether a row is on it; of 4,000. */
const MAX_ROWS_READ = 500

it.each(Object.entries(HOT))('%s: reads what it shows, in a few statements, by the committed plan', async (name, ask) => {
  const { ctx, statements } = await watchedCtx(crm, agent.organizationId)
  await ask(ctx)
  // Of a list, two pages at most: a statement per record would be fifty.
  expect(statements.length).toBeLessThanOrEqual(4)
  const plans = await explain(crm.database, 'crm', agent.organizationId, statements)
  expect(plans.length).toBeGreaterThan(0)
  expect(Math.max(...plans.map(({ rowsRead }) => rowsRead))).toBeLessThanOrEqual(MAX_ROWS_READ)
  await expect(`${plans.map(({ shape }) => shape).join('\n\n')}\n`).toMatchFileSnapshot(`../../plans/${name.replaceAll(' ', '-')}.txt`)
})
