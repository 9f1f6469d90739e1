import { CompanySearch, ContactSearch, DealSearch } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { listCompanies } from '../companies/list-companies.ts'
import { listContacts } from '../contacts/list-contacts.ts'
import type { Ctx } from '../ctx.ts'
import { listDeals } from '../deals/list-deals.ts'
import service from '../service.ts'
import { seedManyRecords } from '../testing/many-records.ts'
import { watchedCtx } from '../testing/watched-ctx.ts'

const crm = await startService(service)
const agent = await crm.signIn()

beforeAll(async () => {
  const { id } = (await agent.post('/fields', { record: 'contact', label: 'Score', kind: 'number' })).body
  await seedManyRecords(crm.database, agent.organizationId, agent.userId, id)
})

const ofSource = (cursor?: string) => ContactSearch.parse({ source: 'manual', sort: 'name', direction: 'asc', cursor })

const ASKED: Readonly<Record<string, (ctx: Ctx) => Promise<unknown>>> = {
  'all contacts': (ctx) => listContacts(ctx, ContactSearch.parse({})),
  'contacts of a source by name': (ctx) => listContacts(ctx, ofSource()),
  'contacts of a source by name, the next page': async (ctx) => listContacts(ctx, ofSource((await listContacts(ctx, ofSource())).nextCursor ?? '')),
  'all companies': (ctx) => listCompanies(ctx, CompanySearch.parse({ sort: 'name', direction: 'asc' })),
  'open deals': (ctx) => listDeals(ctx, DealSearch.parse({ stageKind: 'open' })),
}

/** PostgreSQL makes five plans of values that it is given before it may decide for one that does for all. */
const MOST_PLANS = 5
const TIMES = 8

it.each(Object.entries(ASKED))('%s: PostgreSQL keeps one plan, instead of planning each request anew', async (_name, ask) => {
  const { ctx, statements } = await watchedCtx(crm, agent.organizationId)
  for (let time = 0; time < TIMES; time++) await ask(ctx)
  const texts = [...new Set(statements.map(({ text }) => text))]
  // One after the other, all of them have gone over the same connection.
  const { rows } = await sql<{ times: number; plans: number }>`select generic_plans + custom_plans as times, custom_plans as plans
    from pg_prepared_statements where statement = any(${texts})`.execute(ctx.db)
  expect(rows).toHaveLength(texts.length)
  for (const { times, plans } of rows) {
    expect(times).toBe(TIMES)
    expect(plans).toBeLessThanOrEqual(MOST_PLANS)
  }
})
