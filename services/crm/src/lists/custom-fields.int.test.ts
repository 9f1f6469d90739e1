import type { FilterNode } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { beforeAll, expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
let agent: Agent
const fields: Record<string, string> = {}
const options: Record<string, string> = {}

const KINDS = ['text', 'number', 'money', 'date', 'select', 'multiSelect', 'person', 'checkbox'] as const

const keep = (record: 'contact' | 'company', id: string, custom: Record<string, unknown>) =>
  crm.database.asAdmin(`update crm.${record} set custom = '${JSON.stringify(custom)}' where id = '${id}'`)

beforeAll(async () => {
  agent = await crm.signIn()
  for (const kind of KINDS) {
    const given = kind === 'select' || kind === 'multiSelect' ? [{ label: 'Low' }, { label: 'High' }] : []
    const { body } = await agent.post('/fields', { record: 'contact', label: kind, kind, options: given })
    fields[kind] = body.id
    for (const { label, id } of body.options) options[`${kind}.${label}`] = id
  }
  const custom = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).map(([kind, value]) => [fields[kind], value]))
  const people: Record<string, Record<string, unknown>> = {
    Ada: { text: 'Ключевой', number: 10, money: { amountMinor: 500, currency: 'EUR' }, date: '2027-01-10', select: options['select.High'], checkbox: true },
    Bob: { text: 'regular', number: -3.5, money: { amountMinor: 900, currency: 'RUB' }, date: '2026-12-31', select: options['select.Low'], checkbox: false },
    Cyd: { number: 10, multiSelect: [options['multiSelect.Low'], options['multiSelect.High']], person: agent.userId },
    Dan: {},
  }
  for (const [name, values] of Object.entries(people)) await keep('contact', (await agent.post('/contacts', { name })).body.id, custom(values))
})

const keyOf = (kind: string) => `custom.${fields[kind]}`
const one = (kind: string, op: FilterNode['op'], value?: unknown): FilterNode => ({ field: keyOf(kind), op, ...(value === undefined ? {} : { value }) })
const ask = (filter: FilterNode, who = agent) => who.get(`/contacts?sort=name&direction=asc&filter=${encodeURIComponent(JSON.stringify(filter))}`)
const initials = (items: { name: string }[]) => items.map(({ name }) => name.charAt(0)).join('')

it.each<[() => FilterNode, string]>([
  [() => one('text', 'contains', 'KLYUCH'), 'A'],
  [() => one('text', 'isNot', 'Regular'), 'ACD'],
  [() => one('text', 'isEmpty'), 'CD'],
  [() => one('number', 'gte', 10), 'AC'],
  [() => one('number', 'between', [-4, 0]), 'B'],
  [() => one('money', 'gt', { amountMinor: 100, currency: 'EUR' }), 'A'],
  [() => one('date', 'lt', '2027-01-01'), 'B'],
  [() => one('date', 'gte', '2027-01-10'), 'A'],
  [() => one('select', 'is', options['select.High']), 'A'],
  [() => one('select', 'isNoneOf', [options['select.High']]), 'BCD'],
  [() => one('multiSelect', 'isAnyOf', [options['multiSelect.High']]), 'C'],
  [() => one('multiSelect', 'isNotEmpty'), 'C'],
  [() => one('person', 'isMe'), 'C'],
  [() => one('checkbox', 'is', true), 'A'],
  [() => one('checkbox', 'is', false), 'BCD'],
  [() => ({ any: [one('number', 'is', 10), { field: 'name', op: 'is', value: 'dan' }] }), 'ACD'],
])('filters by custom fields (%#): %s', async (filter, names) => {
  expect(initials((await ask(filter())).body.items)).toBe(names)
})

it.each([
  ['text', 'asc', 'ABCD'],
  ['number', 'asc', 'BACD'],
  ['number', 'desc', 'CABD'],
  ['date', 'desc', 'ABDC'],
  ['select', 'asc', 'BACD'],
])('walks by %s %s, whoever has none last, page by page', async (kind, direction, names) => {
  const found: { name: string }[] = []
  for (let cursor = ''; ;) {
    const { status, body } = await agent.get(`/contacts?sort=${keyOf(kind)}&direction=${direction}&limit=1${cursor}`)
    expect(status).toBe(200)
    found.push(...body.items)
    if (body.nextCursor === null) break
    cursor = `&cursor=${body.nextCursor}`
  }
  expect(initials(found)).toBe(names)
})

it('knows no field that is deleted, of another record, of another organisation or hidden: all are answered alike', async () => {
  const stranger = await crm.signIn()
  const gone = (await agent.post('/fields', { record: 'contact', label: 'Gone', kind: 'text' })).body.id
  await agent.delete(`/fields/${gone}`)
  const ofDeals = (await agent.post('/fields', { record: 'deal', label: 'Of deals', kind: 'text' })).body.id
  const foreign = (await stranger.post('/fields', { record: 'contact', label: 'Foreign', kind: 'text' })).body.id
  const clerk = await crm.signIn({
    organizationId: agent.organizationId,
    permissions: ['crm.contact.read', 'crm.deal.read'],
    fields: { contact: { [keyOf('text')]: 'hidden' } },
  })
  const unknown = crypto.randomUUID()
  for (const id of [gone, ofDeals, foreign, fields['text'], unknown]) {
    const answer = await ask({ field: `custom.${id}`, op: 'isEmpty' }, clerk)
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'query/filter/field', message: `There is no field "custom.${id}" to filter by` }] } })
    expect(await clerk.get(`/contacts?sort=custom.${id}`)).toMatchObject({ status: 400, body: { code: 'crm.list.not_sortable' } })
  }
  expect((await clerk.get('/contacts?search=klyuch')).body.items).toEqual([])
})

it('asks custom fields of related records', async () => {
  const id = (await agent.post('/fields', { record: 'company', label: 'Tier', kind: 'text' })).body.id
  const company = (await agent.post('/companies', { name: 'Tiered' })).body.id
  await keep('company', company, { [id]: 'Gold' })
  await agent.post('/contacts', { name: 'Eve', companyId: company })
  expect(initials((await ask({ field: `company.custom.${id}`, op: 'is', value: 'gold' })).body.items)).toBe('E')
})
