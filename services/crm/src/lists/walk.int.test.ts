import type { Statement } from '@ai-crm/platform'
import { startService, type Agent } from '@ai-crm/testing'
import { ContactSearch, DealSearch } from '@ai-crm/contracts'
import { beforeAll, expect, it } from 'vitest'
import { listContacts } from '../contacts/list-contacts.ts'
import { listDeals } from '../deals/list-deals.ts'
import { watchedCtx } from '../testing/watched-ctx.ts'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent

const EMAILS = ['b@x.example', null, 'c@x.example', null, 'a@x.example', null]

beforeAll(async () => {
  agent = await crm.signIn()
  for (const [nth, email] of EMAILS.entries()) await agent.post('/contacts', { name: `Person ${nth}`, email })
  for (const [nth, amountMinor] of [5, null, 5, 7, null].entries())
    await agent.post('/deals', { title: `Deal ${nth}`, amountMinor, currency: amountMinor === null ? null : 'EUR' })
})

async function walk(path: string, query: string, key: string): Promise<unknown[]> {
  const values: unknown[] = []
  for (let cursor = ''; ;) {
    const { body } = await agent.get(`${path}?${query}&limit=2${cursor}`)
    values.push(...body.items.map((item: Record<string, unknown>) => item[key]))
    if (body.nextCursor === null) return values
    cursor = `&cursor=${body.nextCursor}`
  }
}

it.each([
  ['/contacts', 'email', 'asc', ['a@x.example', 'b@x.example', 'c@x.example', null, null, null]],
  ['/contacts', 'email', 'desc', ['c@x.example', 'b@x.example', 'a@x.example', null, null, null]],
  ['/deals', 'amountMinor', 'asc', [5, 5, 7, null, null]],
  ['/deals', 'amountMinor', 'desc', [7, 5, 5, null, null]],
])('walks %s by %s %s, whoever has none last, without a gap or a repeat', async (path, sort, direction, values) => {
  const query = `sort=${sort}&direction=${direction}`
  expect(await walk(path, query, sort)).toEqual(values)
  expect(new Set(await walk(path, query, 'id')).size).toBe(values.length)
})

it('sorts companies by how many people they have', async () => {
  for (const size of ['1001-5000', '11-50', '5001+', null, '1-10']) await agent.post('/companies', { name: `Of ${size}`, size })
  expect(await walk('/companies', 'sort=size&direction=asc', 'size')).toEqual(['1-10', '11-50', '1001-5000', '5001+', null])
})

it('refuses a cursor of another filter or order, and says what can be sorted by', async () => {
  const filter = (value: string) => `filter=${encodeURIComponent(JSON.stringify({ all: [{ field: 'name', op: 'contains', value }] }))}`
  const { nextCursor } = (await agent.get(`/contacts?limit=1&${filter('person')}`)).body
  expect((await agent.get(`/contacts?limit=1&${filter('person')}&cursor=${nextCursor}`)).status).toBe(200)
  for (const query of [filter('perso'), '', `${filter('person')}&sort=email`, `${filter('person')}&zone=Europe/Paris`])
    expect((await agent.get(`/contacts?limit=1&${query}&cursor=${nextCursor}`)).status).toBe(400)
  const answer = await agent.get('/contacts?sort=wings')
  expect(answer).toMatchObject({
    status: 400,
    body: { code: 'crm.list.not_sortable', errors: [{ field: 'query/sort', message: expect.stringContaining('lastActivityAt') }] },
  })
})

/** As a request would ask, and as PostgreSQL would answer. */
async function watched() {
  const app = await crm.database.open('crm', 'app')
  const explain = async ({ text, values }: Statement): Promise<string> => {
    const { rows } = await app.read({ organizationId: agent.organizationId }, { text: `explain ${text}`, values })
    return rows.map((row) => String(Object.values(row)[0])).join('\n')
  }
  return { ...(await watchedCtx(crm, agent.organizationId)), explain }
}

it('needs one statement for a page, and a second one only where those with a value end', async () => {
  const { ctx, statements } = await watched()
  const filter = JSON.stringify({
    all: [
      { field: 'deals.stage', op: 'is', value: 'won', match: 'none' },
      { field: 'company.industry', op: 'isEmpty' },
    ],
  })
  await listContacts(ctx, ContactSearch.parse({ limit: 2, sort: 'name', filter }))
  expect(statements).toHaveLength(1)
  await listContacts(ctx, ContactSearch.parse({ limit: 100, sort: 'email', filter }))
  expect(statements).toHaveLength(3)
})

it('walks an index however large the organisation is, from the beginning and from the middle, beside others', async () => {
  const field = (await agent.post('/fields', { record: 'contact', label: 'Score', kind: 'number' })).body
  await crm.database.asAdmin(`
    -- Search and the like are not asked here.
    set local session_replication_role = replica;
    create temp table others as select gen_random_uuid() as id, n from generate_series(0, 19) n;
    insert into crm.contact (organization_id, name, email, company, source)
    select case when n % 2 = 0 then '${agent.organizationId}'::uuid else (select id from others where others.n = nth.n / 2 % 20) end, 'Name ' || n, case when n % 3 > 0 then n || '@bulk.example' end,
      case when n % 5 > 0 then 'Company ' || n % 900 end, 'manual' from generate_series(1, 10000) as nth (n);
    insert into crm.deal (organization_id, title, stage, contacts, amount_minor, currency)
    select case when n % 2 = 0 then '${agent.organizationId}'::uuid else (select id from others where others.n = nth.n / 2 % 20) end, 'Deal ' || n, 'new', '[]', n, 'EUR' from generate_series(1, 10000) as nth (n);
    insert into crm.field_value (organization_id, field_id, record_id, ordinal, sort_number)
    select organization_id, '${field.id}', id, 0, length(name) from crm.contact where organization_id = '${agent.organizationId}' and email is not null;
    analyze crm.contact; analyze crm.deal; analyze crm.field_value`)
  const { ctx, statements, explain } = await watched()
  const page = (sort: string, direction: 'asc' | 'desc') => async (cursor?: string) => listContacts(ctx, ContactSearch.parse({ sort, direction, cursor }))
  for (const [list, index] of [
    [page('name', 'asc'), 'contact_by_name'],
    [page('email', 'desc'), 'contact_by_email'],
    [page('company', 'asc'), 'contact_by_company_name'],
    [page('updatedAt', 'desc'), 'contact_by_change'],
    [page('lastActivityAt', 'desc'), 'contact_by_activity'],
    [page(`custom.${field.id}`, 'asc'), 'field_value_by_number'],
    [async (cursor?: string) => listDeals(ctx, DealSearch.parse({ sort: 'amountMinor', direction: 'desc', cursor })), 'deal_by_amount'],
  ] as const) {
    const { nextCursor } = await list()
    await list(nextCursor ?? '')
    const walked = statements.splice(0).filter(({ text }) => text.includes('sort_key'))
    expect(walked.length).toBeGreaterThanOrEqual(2)
    for (const statement of walked) {
      const plan = await explain(statement)
      expect(plan).toContain(index)
      expect(plan).not.toMatch(/Seq Scan|Sort /)
    }
  }
})
