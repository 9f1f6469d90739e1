import { startService, type Agent } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent

beforeAll(async () => {
  agent = await crm.signIn()
  for (const [title, amountMinor, currency, stage, expectedCloseOn] of [
    ['A', 100, 'EUR', 'new', '2027-01-01'],
    ['B', 300, 'EUR', 'won', '2027-05-01'],
    ['C', 700, 'RUB', 'won', null],
    ['D', null, null, 'lost', null],
  ])
    await agent.post('/deals', { title, amountMinor, currency, stage, expectedCloseOn, ownerId: title === 'D' ? null : agent.userId })
})

const ask = async (query: string, who = agent) => who.get(`/deals/summary?${query}`)
const won = `filter=${encodeURIComponent(JSON.stringify({ field: 'stage', op: 'is', value: 'won' }))}`

it('counts what the list shows, by its filter and its own parameters', async () => {
  expect((await ask('')).body).toEqual({ count: 4, isExact: true, sums: [], groups: null })
  expect((await ask(won)).body.count).toBe(2)
  expect((await ask(`${won}&owner=nobody`)).body.count).toBe(0)
  expect((await ask('search=A')).body.count).toBe(1)
})

it('sums each currency by itself, and tells the first and the last date', async () => {
  expect((await ask('fields=amountMinor,expectedCloseOn')).body.sums).toEqual([
    { field: 'amountMinor', currency: 'EUR', count: 2, sum: 400, average: 200, min: 100, max: 300 },
    { field: 'amountMinor', currency: 'RUB', count: 1, sum: 700, average: 700, min: 700, max: 700 },
    { field: 'expectedCloseOn', currency: null, count: 2, sum: null, average: null, min: '2027-01-01', max: '2027-05-01' },
  ])
})

const group = (value: string | null, count: number, sums: readonly object[] = [], label: string | null = null) => ({ value, count, label, sums })
const eur = (sum: number) => ({ field: 'amountMinor', currency: 'EUR', sum })
const rub = (sum: number) => ({ field: 'amountMinor', currency: 'RUB', sum })

it('groups by stage and by owner, those without one among them, and sums each group by itself', async () => {
  expect((await ask('groupBy=stage&fields=amountMinor,expectedCloseOn')).body.groups).toEqual([
    group('won', 2, [eur(300), rub(700)]),
    group('lost', 1),
    group('new', 1, [eur(100)]),
  ])
  expect((await ask('groupBy=ownerId')).body.groups).toEqual([group(agent.userId, 3), group(null, 1)])
})

it('groups by month, of instants as the asker counts the days', async () => {
  expect((await ask('groupBy=expectedCloseOn')).body.groups).toEqual([group(null, 2), group('2027-01', 1), group('2027-05', 1)])
  await crm.database.asAdmin(`update crm.deal set created_at = '2027-01-31T22:00:00Z' where organization_id = '${agent.organizationId}'`)
  expect((await ask('groupBy=createdAt&zone=UTC')).body.groups).toEqual([group('2027-01', 4)])
  const summed = await ask('groupBy=createdAt&zone=UTC&fields=amountMinor')
  expect([summed.status, summed.body.groups[0].sums.length > 0]).toEqual([200, true])
  expect((await ask('groupBy=createdAt&zone=Europe/Moscow')).body.groups).toEqual([group('2027-02', 4)])
  const other = await crm.signIn()
  await other.post('/contacts', { name: 'Never active' })
  expect((await other.get('/contacts/summary?groupBy=lastActivityAt')).body.groups).toEqual([group(null, 1)])
})

it('counts a record of several tags in the group of each', async () => {
  const [vip, key] = [(await agent.post('/tags', { name: 'Vip' })).body.id, (await agent.post('/tags', { name: 'Key' })).body.id]
  await agent.post('/companies', { name: 'Both', tagIds: [vip, key] })
  await agent.post('/companies', { name: 'One', tagIds: [vip] })
  await agent.post('/companies', { name: 'None' })
  const { groups } = (await agent.get('/companies/summary?groupBy=tagIds')).body
  expect(groups).toHaveLength(3)
  expect(groups).toEqual(expect.arrayContaining([group(vip, 2), group(key, 1), group(null, 1)]))
})

it('names the companies of groups to whoever may see them, and to nobody else', async () => {
  const { organizationId } = agent
  const { id: companyId } = (await agent.post('/companies', { name: 'Acme' })).body
  await agent.post('/deals', { title: 'Of Acme', companyId })
  const asked = 'search=acme&groupBy=companyId'
  expect((await ask(asked)).body.groups).toEqual([group(companyId, 1, [], 'Acme')])
  expect((await ask(asked, await crm.signIn({ organizationId, permissions: ['crm.deal.read'] }))).body.groups).toEqual([group(companyId, 1)])
  const own = { read: 'own', write: 'own' } as const
  const narrow = await crm.signIn({ organizationId, permissions: ['crm.deal.read', 'crm.company.read'], scopes: { company: own } })
  expect((await ask(asked, narrow)).body.groups).toEqual([group(companyId, 1)])
})

it('sums and groups by custom fields', async () => {
  const [number, checked] = [
    (await agent.post('/fields', { record: 'contact', label: 'N', kind: 'number' })).body.id,
    (await agent.post('/fields', { record: 'contact', label: 'C', kind: 'checkbox' })).body.id,
  ]
  for (const n of [1, 2.5]) await agent.post('/contacts', { name: `N ${n}` })
  await crm.database.asAdmin(
    `update crm.contact set custom = jsonb_build_object('${number}', split_part(name, ' ', 2)::numeric, '${checked}', true) where name like 'N %'`,
  )
  await agent.post('/contacts', { name: 'None' })
  const { sums, groups } = (await agent.get(`/contacts/summary?fields=custom.${number}&groupBy=custom.${checked}`)).body
  expect(sums).toMatchObject([{ count: 2, sum: 3.5, min: 1, max: 2.5, currency: null }])
  expect(groups).toEqual([
    group('true', 2, [{ field: `custom.${number}`, currency: null, sum: 3.5 }]),
    // As a filter has it: a box that was never checked is not checked.
    group('false', 1),
  ])
})

it('sums every group that it shows, however many others there are', async () => {
  const other = await crm.signIn()
  await crm.database.asAdmin(`set local session_replication_role = replica;
    insert into crm.deal (organization_id, title, stage, contacts, company_id, amount_minor, currency)
      select '${other.organizationId}', 'Deal', 'new', '[]', md5((company % 1100)::text)::uuid, 5, 'EUR' from generate_series(1, 2200) company;
    insert into crm.deal (organization_id, title, stage, contacts, company_id, amount_minor, currency)
      select '${other.organizationId}', 'Deal', 'new', '[]', md5('large')::uuid, 1, currency from unnest(array['CHF', 'USD', 'RUB']) as currency`)
  const { groups } = (await ask('groupBy=companyId&fields=amountMinor', other)).body
  expect(groups).toHaveLength(200)
  expect(groups[0]).toMatchObject({ count: 3, sums: [{ currency: 'CHF' }, { currency: 'RUB' }, { currency: 'USD' }] })
  expect(groups.slice(1).map(({ sums }: { sums: object[] }) => sums)).toEqual(Array.from({ length: 199 }, () => [eur(10)]))
})

it('stops counting at 10,000 unless everything is to be counted', async () => {
  const other = await crm.signIn()
  await crm.database.asAdmin(`set local session_replication_role = replica;
    insert into crm.deal (organization_id, title, stage, contacts) select '${other.organizationId}', 'Deal ' || n, 'new', '[]' from generate_series(1, 10001) n`)
  expect((await ask('', other)).body).toMatchObject({ count: 10_000, isExact: false })
  expect((await ask('exact=true', other)).body).toMatchObject({ count: 10_001, isExact: true })
})

it('neither sums nor groups by what is hidden, unknown or of another kind: all are answered alike', async () => {
  const { organizationId } = agent
  const clerk = await crm.signIn({ organizationId, permissions: ['crm.deal.read', 'crm.company.read'], fields: { deal: { amountMinor: 'hidden' } } })
  for (const query of ['fields=amountMinor', 'fields=wings', 'fields=title', 'groupBy=title', 'groupBy=wings', 'groupBy=company.size'])
    expect(await ask(query, clerk)).toMatchObject({ status: 400, body: { code: 'crm.list.not_summable' } })
  expect((await ask('fields=amountMinor', await crm.signIn({ organizationId, permissions: ['crm.contact.read'] }))).status).toBe(403)
})

it('says so where more is to be summed than one request sums', async () => {
  const answer = await ask(`fields=${Array.from({ length: 6 }, () => 'amountMinor').join()}`)
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'query/fields', message: 'At most 5 fields' }] } })
})

it('counts within reach only, and nothing of another organisation', async () => {
  const own = { read: 'own', write: 'own' } as const
  const narrow = await crm.signIn({ organizationId: agent.organizationId, permissions: ['crm.deal.read'], scopes: { deal: own } })
  expect((await ask('fields=amountMinor&groupBy=stage', narrow)).body).toEqual({ count: 0, isExact: true, sums: [], groups: [] })
  expect((await ask('groupBy=stage', await crm.signIn())).body).toMatchObject({ count: 0, groups: [] })
})
