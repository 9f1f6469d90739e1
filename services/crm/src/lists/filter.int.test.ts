import type { FilterNode } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent
const ids = new Map<string, string>()

async function make(path: string, body: Record<string, unknown>): Promise<void> {
  const answer = await agent.post(path, body)
  expect(answer.status).toBe(201)
  ids.set(String(body['name'] ?? body['title']), answer.body.id)
}

beforeAll(async () => {
  agent = await crm.signIn()
  await make('/companies', { name: 'Ромашка', industry: 'Цветы', size: '11-50', domains: ['romashka.example'], ownerId: null })
  await make('/companies', { name: 'Acme', industry: 'Mining', size: '5001+' })
  await make('/companies', { name: 'Zeta' })
  await make('/contacts', { name: 'Анна', email: 'anna@romashka.example', companyId: ids.get('Ромашка'), position: 'Директор', phone: '+7 900 1' })
  await make('/contacts', { name: 'Bob', email: 'bob@acme.example', companyId: ids.get('Acme'), note: '100% sure_thing', ownerId: null })
  await make('/contacts', { name: 'Carl', company: 'Somewhere' })
  await make('/deals', {
    title: 'Big',
    amountMinor: 900_00,
    currency: 'EUR',
    stage: 'won',
    companyId: ids.get('Acme'),
    contacts: [{ contactId: ids.get('Bob') }],
  })
  await make('/deals', {
    title: 'Small',
    amountMinor: 100_00,
    currency: 'EUR',
    expectedCloseOn: '2027-03-01',
    contacts: [{ contactId: ids.get('Bob') }, { contactId: ids.get('Анна') }],
  })
  await make('/deals', { title: 'Rouble', amountMinor: 500_00, currency: 'RUB', stage: 'lost', lostReason: 'Дорого' })
  await make('/deals', { title: 'Vague' })
  await crm.database.asAdmin(`update crm.contact set created_at = '2026-01-31T21:30:00Z' where name = 'Carl'`)
})

const query = (filter: FilterNode | string) => `filter=${encodeURIComponent(typeof filter === 'string' ? filter : JSON.stringify(filter))}`

async function namesOf(path: string, filter: FilterNode, who = agent, more = ''): Promise<string[]> {
  const { status, body } = await who.get(`${path}?sort=createdAt&direction=asc&${query(filter)}${more}`)
  expect([status, body.errors]).toEqual([200, undefined])
  return body.items.map((item: { name?: string; title?: string }) => item.name ?? item.title).toSorted()
}

const all = (...nodes: FilterNode[]): FilterNode => ({ all: nodes })
const one = (field: string, op: FilterNode['op'], value?: unknown, match?: 'any' | 'none'): FilterNode => ({
  field,
  op,
  ...(value === undefined ? {} : { value }),
  ...(match ? { match } : {}),
})

it('asks all addresses of a person, however a number was written', async () => {
  const other = await crm.signIn()
  const emails = [
    { address: 'eva@work.example', label: null },
    { address: 'Eva@Home.example', label: null },
  ]
  const phones = [
    { number: '+7 (495) 123-45-67', label: null },
    { number: 'ask reception', label: null },
  ]
  await other.post('/contacts', { name: 'Eva', emails, phones })
  await other.post('/contacts', { name: 'Nobody' })
  await other.post('/companies', { name: 'Firm' })
  const found = async (field: string, op: FilterNode['op'], value: unknown) => namesOf('/contacts', one(field, op, value), other)
  for (const [field, op, value] of [
    ['email', 'is', 'eva@home.example'],
    ['email', 'contains', 'HOME'],
    ['email', 'startsWith', 'eva@h'],
    ['email', 'isAnyOf', ['x@y.example', 'eva@home.example']],
    ['phone', 'is', '+74951234567'],
    ['phone', 'contains', '123 45'],
    ['phone', 'startsWith', '+7495'],
    ['phone', 'contains', 'reception'],
    ['phone', 'isAnyOf', ['1', 'Ask Reception']],
  ] as const)
    expect([field, op, await found(field, op, value)]).toEqual([field, op, ['Eva']])
  expect(await found('email', 'isNot', 'eva@home.example')).toEqual(['Nobody'])
  expect(await found('phone', 'isNoneOf', ['ask reception'])).toEqual(['Nobody'])
  expect(await found('phone', 'contains', '999')).toEqual([])
})

it.each<[FilterNode, string[], string]>([
  [one('name', 'contains', 'ANN'), ['Анна'], 'text without case and in Latin letters'],
  [one('name', 'startsWith', 'б'), ['Bob'], 'how it begins'],
  [one('note', 'contains', '100%'), ['Bob'], 'what LIKE takes for a wildcard'],
  [one('note', 'contains', 'sure thing'), [], 'an underscore only as such'],
  [one('email', 'is', 'BOB@acme.example'), ['Bob'], 'an address in any case'],
  [one('email', 'isEmpty'), ['Carl'], 'nothing'],
  [one('email', 'isNot', 'bob@acme.example'), ['Carl', 'Анна'], 'not this, also where there is nothing'],
  [one('company', 'isNoneOf', ['acme']), ['Carl', 'Анна'], 'none of several'],
  [one('position', 'isNotEmpty'), ['Анна'], 'something'],
  [one('source', 'isAnyOf', ['manual']), ['Bob', 'Carl', 'Анна'], 'any of several'],
  [one('ownerId', 'isMe'), ['Carl', 'Анна'], 'mine'],
  [one('ownerId', 'isMyTeams'), ['Carl', 'Анна'], 'of my teams, me among them'],
  [one('ownerId', 'isEmpty'), ['Bob'], 'nobody’s'],
  [one('lastActivityAt', 'isEmpty'), ['Bob', 'Carl', 'Анна'], 'never active'],
  [one('lastActivityAt', 'lt', '2030-01-01'), [], 'never is not before'],
  [one('createdAt', 'withinLast', 1), ['Bob', 'Анна'], 'the last day'],
  [one('company.industry', 'is', 'цветы'), ['Анна'], 'the company’s industry'],
  [one('deals.stage', 'is', 'won'), ['Bob'], 'any of the deals'],
  [one('deals.stage', 'is', 'won', 'none'), ['Carl', 'Анна'], 'none of the deals'],
  [{ any: [one('name', 'is', 'bob'), all(one('company.size', 'is', '11-50'), one('deals.title', 'contains', 'small'))] }, ['Bob', 'Анна'], 'nested groups'],
  [all(), ['Bob', 'Carl', 'Анна'], 'an empty group'],
])('asks contacts %j: %j (%s)', async (filter, names, _why) => {
  expect(await namesOf('/contacts', filter)).toEqual(names)
})

it.each<[string, FilterNode, string[]]>([
  ['/companies', one('domains', 'contains', 'romashka'), ['Ромашка']],
  ['/companies', one('domains', 'isEmpty'), ['Acme', 'Zeta']],
  ['/companies', one('contacts.email', 'contains', 'acme'), ['Acme']],
  ['/companies', one('deals.amountMinor', 'gt', { amountMinor: 0, currency: 'EUR' }, 'none'), ['Zeta', 'Ромашка']],
  ['/deals', one('amountMinor', 'gte', { amountMinor: 100_00, currency: 'EUR' }), ['Big', 'Small']],
  [
    '/deals',
    one('amountMinor', 'between', [
      { amountMinor: 1, currency: 'RUB' },
      { amountMinor: 999_00, currency: 'RUB' },
    ]),
    ['Rouble'],
  ],
  ['/deals', one('expectedCloseOn', 'between', ['2027-03-01', '2027-03-31']), ['Small']],
  ['/deals', one('expectedCloseOn', 'gt', '2027-03-01'), []],
  ['/deals', one('stage', 'isNoneOf', ['new', 'won']), ['Rouble']],
  ['/deals', one('stageKind', 'is', 'open'), ['Small', 'Vague']],
  ['/deals', one('pipelineId', 'is', '01999999-0000-7000-8000-000000000000'), []],
  ['/deals', one('stageEnteredAt', 'gt', '2020-01-01'), ['Big', 'Rouble', 'Small', 'Vague']],
  ['/deals', one('contacts.name', 'is', 'анна'), ['Small']],
  ['/deals', one('company.name', 'is', 'acme'), ['Big']],
])('asks %s %j: %j', async (path, filter, names) => {
  expect(await namesOf(path, filter)).toEqual(names)
})

it('asks for tags: any of several, none of them, or that there is any', async () => {
  const [vip, cold] = [(await agent.post('/tags', { name: 'VIP' })).body.id, (await agent.post('/tags', { name: 'Cold' })).body.id]
  for (const [name, tagIds] of [
    ['Tagged', [vip, cold]],
    ['Cooled', [cold]],
  ])
    expect((await agent.post('/companies', { name, tagIds })).status).toBe(201)
  const ask = (op: FilterNode['op'], value?: unknown) => namesOf('/companies', one('tagIds', op, value))
  expect(await ask('isAnyOf', [vip])).toEqual(['Tagged'])
  expect(await ask('isAnyOf', [vip, cold])).toEqual(['Cooled', 'Tagged'])
  expect(await ask('isNotEmpty')).toEqual(['Cooled', 'Tagged'])
  expect(await ask('isNoneOf', [vip])).toEqual(['Acme', 'Cooled', 'Zeta', 'Ромашка'])
  expect((await agent.get(`/companies?${query(one('tagIds', 'isAnyOf', ['x']))}`)).body.errors[0].field).toBe('query/filter/value/0')
})

it('means the days of the zone of whoever asks', async () => {
  const onDay = (day: string, zone: string) => namesOf('/contacts', one('createdAt', 'is', day), agent, `&zone=${encodeURIComponent(zone)}`)
  expect(await onDay('2026-02-01', 'Europe/Moscow')).toEqual(['Carl'])
  expect(await onDay('2026-01-31', 'Europe/Moscow')).toEqual([])
  expect(await onDay('2026-01-31', 'America/New_York')).toEqual(['Carl'])
  for (const zone of ['Mars/Olympus', '+03:00', `UTC'; select 1`])
    expect((await agent.get(`/contacts?zone=${encodeURIComponent(zone)}`)).body.code).toBe('crm.list.zone_unknown')
})

const nested = (depth: number): FilterNode => (depth === 0 ? one('name', 'is', 'x') : all(nested(depth - 1)))

it.each<[FilterNode | string, string]>([
  ['{"all"', 'query/filter'],
  [all(one('name', 'isEmpty'), one('wings', 'is', 2)), 'query/filter/all/1/field'],
  [all(one('custom.x', 'isEmpty')), 'query/filter/all/0/field'],
  [all(one('company.deals.stage', 'is', 'won')), 'query/filter/all/0/field'],
  [all(one('name', 'withinLast', 2)), 'query/filter/all/0/op'],
  [all(one('domains', 'is', 'x')), 'query/filter/all/0/field'],
  [all({ any: [one('source', 'is', 'dream')] }), 'query/filter/all/0/any/0/value'],
  [all(one('createdAt', 'between', ['2026-01-01', 'soon'])), 'query/filter/all/0/value/1'],
  [all(one('name', 'is')), 'query/filter/all/0/value'],
  [all(one('name', 'isEmpty', 'x')), 'query/filter/all/0/value'],
  [all({ ...one('name', 'isEmpty'), match: 'none' }), 'query/filter/all/0/match'],
  [all({ field: 'name', all: [] }), 'query/filter/all/0'],
  [nested(5), 'query/filter/all/0/all/0/all/0/all/0/all'],
  [all(...Array.from({ length: 41 }, () => one('name', 'isEmpty'))), 'query/filter/all'],
])('says where in %j it is wrong: %s', async (filter, place) => {
  const answer = await agent.get(`/contacts?${query(filter)}`)
  expect(answer).toMatchObject({ status: 400, body: { code: 'crm.list.filter_invalid' } })
  expect(answer.body.errors[0].field).toBe(place)
})

it('nests four deep and no deeper', async () => {
  expect((await agent.get(`/contacts?${query(nested(4))}`)).status).toBe(200)
})

it('answers alike to a hidden field and to one that never was, of the record and of a related one', async () => {
  const fields = { contact: { email: 'hidden', company: 'hidden' }, company: { industry: 'hidden' } } as const
  const clerk = await crm.signIn({ organizationId: agent.organizationId, permissions: ['crm.contact.read', 'crm.company.read', 'crm.deal.read'], fields })
  const answerTo = async (path: string, field: string) => {
    const { status, raw } = await clerk.get(`${path}?${query(all(one(field, 'isEmpty')))}`)
    return `${status} ${raw
      .toString()
      .replaceAll(field, '…')
      .replaceAll(/"(instance|requestId)":"[^"]*"/g, '')}`
  }
  const unknown = await answerTo('/contacts', 'wings')
  for (const field of ['email', 'company', 'companyId', 'company.name', 'company.industry']) expect(await answerTo('/contacts', field)).toBe(unknown)
  for (const field of ['contacts.name', 'industry']) expect(await answerTo('/companies', field)).toBe(unknown)
  expect(await answerTo('/deals', 'contacts.email')).toBe(unknown)
  expect((await clerk.get('/contacts?sort=email')).status).toBe(403)
})

it('looks at related records within reach only, and at none without their permission', async () => {
  const { organizationId } = agent
  const own = { read: 'own', write: 'own' } as const
  const permissions = ['crm.contact.read', 'crm.company.read'] as const
  const narrow = await crm.signIn({ organizationId, permissions, scopes: { company: own } })
  expect(await namesOf('/contacts', one('company.name', 'isNotEmpty'), narrow)).toEqual([])
  expect(await namesOf('/contacts', one('company.name', 'isNotEmpty'), agent)).toEqual(['Bob', 'Анна'])
  expect((await narrow.get(`/contacts?${query(one('deals.stage', 'is', 'won'))}`)).status).toBe(400)
})

it('finds nothing of another organisation', async () => {
  const stranger = await crm.signIn()
  for (const [path, field] of [
    ['/contacts', 'name'],
    ['/companies', 'contacts.name'],
    ['/deals', 'title'],
  ] as const)
    expect(await namesOf(path, one(field, 'isNotEmpty'), stranger)).toEqual([])
})
