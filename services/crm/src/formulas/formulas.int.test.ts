import { formulaFields, FIELD_RECORDS } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { eventually } from '@ai-crm/testing/eventually'
import { describe, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const key = (id: string) => `{custom.${id}}`
const field = async (agent: Agent, body: object) => {
  const answer = await agent.post('/fields', { record: 'deal', ...body })
  expect(answer).toMatchObject({ status: 201 })
  return answer.body
}
const formula = async (agent: Agent, label: string, kind: string, text: string, record = 'deal') => field(agent, { label, kind, formula: text, record })
const computed = async (agent: Agent, id: string) =>
  eventually(async () => {
    const found = (await agent.get('/fields')).body.items.find((one: { id: string }) => one.id === id)
    expect(found).toMatchObject({ isComputing: false })
    return found
  })

describe('values of formulas', () => {
  it('follow what they are made of, in whatever way that is written, without a version or an event of their own', async () => {
    const agent = await crm.signIn()
    const rate = await field(agent, { label: 'Rate', kind: 'number' })
    const share = await formula(agent, 'Share', 'money', 'amountMinor * rate / 100')
    expect(share).toMatchObject({ formula: `{amountMinor} * ${key(rate.id)} / 100`, isComputing: true })
    const { body: deal } = await agent.post('/deals', { title: 'A', amountMinor: 1050, currency: 'EUR', custom: { [rate.id]: 10 } })
    expect(deal.custom).toEqual({ [rate.id]: 10, [share.id]: { amountMinor: 105, currency: 'EUR' } })
    const changed = await agent.patch(`/deals/${deal.id}`, { amountMinor: 2000, currency: 'EUR' }, { version: 1 })
    expect(changed.body).toMatchObject({ version: 2, custom: { [share.id]: { amountMinor: 200 } } })
    expect((await agent.patch(`/deals/${deal.id}`, { custom: { [rate.id]: null } }, { version: 2 })).body.custom).toEqual({})
    const told = await crm.database.asAdmin(`select data from crm.event where aggregate_id = '${deal.id}'`)
    expect(JSON.stringify(told)).not.toContain(share.id)
  })

  it('can be filtered, sorted, summed and found by, also where no given value was written', async () => {
    const agent = await crm.signIn()
    const double = await formula(agent, 'Double', 'money', 'amountMinor * 2')
    const words = await formula(agent, 'Words', 'text', "'deal of ' & title")
    const { body: one } = await agent.post('/deals', { title: 'One', amountMinor: 100, currency: 'EUR' })
    await agent.post('/deals', { title: 'Two', amountMinor: 300, currency: 'EUR' })
    await agent.patch(`/deals/${one.id}`, { amountMinor: 500, currency: 'EUR', title: 'Zebra' }, { version: 1 })
    const titles = async (query: string) => (await agent.get(`/deals?${query}`)).body.items.map(({ title }: { title: string }) => title)
    const filter = { field: `custom.${double.id}`, op: 'gte', value: { amountMinor: 700, currency: 'EUR' } }
    expect(await titles(`filter=${encodeURIComponent(JSON.stringify(filter))}`)).toEqual(['Zebra'])
    expect(await titles(`sort=custom.${words.id}&direction=asc`)).toEqual(['Two', 'Zebra'])
    expect((await agent.get(`/deals/summary?fields=custom.${double.id}`)).body.sums).toMatchObject([{ sum: 1600, currency: 'EUR' }])
    expect(await titles('search=deal%20of%20zebra')).toEqual(['Zebra'])
  })

  it('are empty where they cannot be computed, and never keep a record from being written', async () => {
    const agent = await crm.signIn()
    const days = await field(agent, { label: 'Days', kind: 'number' })
    const made = {
      ratio: await formula(agent, 'Ratio', 'number', '1 / days'),
      huge: await formula(agent, 'Huge', 'number', 'days * days * days * days'),
      late: await formula(agent, 'Late', 'date', 'expectedCloseOn + days'),
      other: await formula(agent, 'Other', 'money', 'amountMinor * days'),
      deep: await formula(agent, 'Deep', 'number', `days${' + days'.repeat(50)}`),
      has: await formula(agent, 'Has', 'checkbox', 'not ISEMPTY(days)'),
    }
    const custom = async (value: number | null) => {
      const answer = await agent.post('/deals', { title: 'A', amountMinor: 7, currency: 'EUR', expectedCloseOn: '2028-02-28', custom: { [days.id]: value } })
      expect(answer.status).toBe(201)
      return Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, answer.body.custom[id]]))
    }
    expect(await custom(0)).toEqual({ huge: 0, late: '2028-02-28', other: { amountMinor: 0, currency: 'EUR' }, deep: 0, has: true })
    expect(await custom(2)).toMatchObject({ ratio: 0.5, late: '2028-03-01', deep: 102 })
    expect(await custom(3)).toMatchObject({ ratio: 1 / 3 })
    expect(await custom(-3_000_000)).toMatchObject({ late: undefined, deep: -153_000_000 })
    expect(await custom(1e300)).toEqual({ ratio: 0, deep: undefined, has: true })
    expect(await custom(null)).toEqual({ has: false })
  })

  it('tell by = EMPTY who has no value, as everybody means it', async () => {
    const agent = await crm.signIn()
    const [is, not] = [
      await formula(agent, 'Open', 'checkbox', 'expectedCloseOn = EMPTY'),
      await formula(agent, 'Dated', 'checkbox', 'expectedCloseOn <> EMPTY'),
    ]
    const customOf = async (body: object) => (await agent.post('/deals', { title: 'A', ...body })).body.custom
    expect([await customOf({}), await customOf({ expectedCloseOn: '2027-01-31' })]).toEqual([
      { [is.id]: true, [not.id]: false },
      { [is.id]: false, [not.id]: true },
    ])
  })

  it('follow each other in their order, wherever that is changed', async () => {
    const agent = await crm.signIn()
    const base = await formula(agent, 'Base', 'number', 'LENGTH(title)')
    const twice = await formula(agent, 'Twice', 'number', 'base * 2')
    const { body: deal } = await agent.post('/deals', { title: 'Four' })
    expect(deal.custom).toEqual({ [base.id]: 4, [twice.id]: 8 })
    const third = await formula(agent, 'Third', 'number', '100')
    expect((await agent.patch(`/fields/${base.id}`, { formula: 'third + 1' }, { version: (await computed(agent, base.id)).version })).status).toBe(200)
    await computed(agent, base.id)
    await computed(agent, third.id)
    expect((await agent.get(`/deals/${deal.id}`)).body.custom).toEqual({ [base.id]: 101, [twice.id]: 202, [third.id]: 100 })
    const back = await agent.patch(`/fields/${third.id}`, { formula: 'twice' }, { version: (await computed(agent, third.id)).version })
    expect(back).toMatchObject({ status: 422, body: { code: 'crm.formula.cycle', errors: [{ field: '/formula/0/5' }] } })
    expect((await agent.delete(`/fields/${base.id}`)).body).toMatchObject({ code: 'crm.field.in_formula', detail: expect.stringContaining('Twice') })
  })
})

it('computes the records that there are, and leaves no old value in those that are written meanwhile', async () => {
  const agent = await crm.signIn()
  const length = await formula(agent, 'Length', 'number', 'LENGTH(title)')
  await crm.database.asAdmin(`set local session_replication_role = replica;
    insert into crm.deal (organization_id, title, stage, contacts) select '${agent.organizationId}', 'Deal ' || n, 'new', '[]' from generate_series(1, 1200) n`)
  const { body: deal } = await agent.post('/deals', { title: 'Here' })
  const { version } = await computed(agent, length.id)
  const writing = (async () => {
    for (let at = 0; at < 30; at += 1)
      await Promise.all([agent.post('/deals', { title: `New ${at}` }), agent.patch(`/deals/${deal.id}`, { title: `Here ${at}` }, { version: at + 1 })])
  })()
  expect((await agent.patch(`/fields/${length.id}`, { formula: 'LENGTH(title) + 1000' }, { version })).body).toMatchObject({ isComputing: true })
  await writing
  await computed(agent, length.id)
  const [wrong] = await crm.database
    .asAdmin(`select count(*)::int as count from crm.deal left join crm.field_value on record_id = deal.id and field_id = '${length.id}'
    where deal.organization_id = '${agent.organizationId}' and (sort_number is distinct from length(title) + 1000 or (custom ->> '${length.id}')::int is distinct from length(title) + 1000)`)
  expect(wrong).toEqual({ count: 0 })
  expect((await agent.get(`/deals/${deal.id}`)).body.version).toBe(31)
})

it('names the place of what is wrong, keeps its kind, and is written by nobody', async () => {
  const agent = await crm.signIn()
  const refused = async (body: object) => agent.post('/fields', { record: 'contact', label: 'F', kind: 'number', ...body })
  expect(await refused({ formula: '1 + wings' })).toMatchObject({
    status: 422,
    body: { code: 'crm.formula.unknown_name', errors: [{ field: '/formula/4/5' }] },
  })
  expect(await refused({ formula: 'name' })).toMatchObject({ status: 422, body: { code: 'crm.field.unsound', errors: [{ field: '/formula' }] } })
  expect(await refused({ formula: '1', isRequired: true })).toMatchObject({ status: 422, body: { errors: [{ field: '/isRequired' }] } })
  const one = await formula(agent, 'One', 'number', '1', 'contact')
  const given = await agent.post('/contacts', { name: 'A', custom: { [one.id]: 2 } })
  expect(given).toMatchObject({ status: 422, body: { errors: [{ field: `/custom/${one.id}`, message: 'Computed by its formula' }] } })
  const { version } = await computed(agent, one.id)
  expect(await agent.patch(`/fields/${one.id}`, { formula: "'text'" }, { version })).toMatchObject({ status: 422, body: { code: 'crm.field.unsound' } })
  const plain = await field(agent, { label: 'Plain', kind: 'number' })
  expect(await agent.patch(`/fields/${plain.id}`, { formula: '1' }, { version: 1 })).toMatchObject({ status: 422, body: { code: 'crm.field.unsound' } })
})

it('can name every field that is offered for it', async () => {
  const agent = await crm.signIn()
  for (const record of FIELD_RECORDS)
    for (const { key: name } of formulaFields(record)) {
      const [known] = await crm.database
        .asAdmin(`select count(*)::int as count from information_schema.columns where table_schema = 'crm' and table_name = '${record}'
        and column_name = '${name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}'`)
      expect([name, known]).toEqual([name, { count: 1 }])
      expect((await agent.post('/fields/formula-preview', { record, formula: `ISEMPTY({${name}})` })).body).toMatchObject({ kind: 'checkbox' })
    }
})

it('is tried on the newest records within reach, of fields within sight, and keeps nothing', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  for (const title of ['A', 'B']) await agent.post('/deals', { title, amountMinor: 100, currency: 'EUR' })
  const tried = { record: 'deal', formula: 'amountMinor * 2' }
  const two = { amountMinor: 200, currency: 'EUR' }
  expect((await agent.post('/fields/formula-preview', tried)).body).toMatchObject({
    kind: 'money',
    items: [
      { name: 'B', value: two },
      { name: 'A', value: two },
    ],
  })
  const own = { read: 'own', write: 'own' } as const
  const permissions = ['crm.field.manage', 'crm.deal.read'] as const
  const narrow = await crm.signIn({ organizationId, permissions: [...permissions], scopes: { deal: own } })
  expect((await narrow.post('/fields/formula-preview', tried)).body).toMatchObject({ kind: 'money', items: [] })
  const blind = await crm.signIn({ organizationId, permissions: [...permissions], fields: { deal: { amountMinor: 'hidden' } } })
  expect((await blind.post('/fields/formula-preview', tried)).body).toMatchObject({ code: 'crm.formula.unknown_name' })
  expect((await (await crm.signIn({ organizationId, permissions: ['crm.deal.read'] })).post('/fields/formula-preview', tried)).status).toBe(403)
  expect((await (await crm.signIn()).post('/fields/formula-preview', tried)).body.items).toEqual([])
  expect((await agent.get('/fields')).body.items).toEqual([])
})
