import { fieldCreated, fieldDeleted, fieldRestored, fieldUpdated, MAX_FIELDS, type Envelope } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'

const crm = await startService(service)

const make = async (agent: Agent, field: object) => (await agent.post('/fields', { record: 'contact', kind: 'text', ...field })).body
const labelsOf = async (agent: Agent, query = 'record=contact') => (await agent.get(`/fields?${query}`)).body.items.map(({ label }: { label: string }) => label)
const tier = { label: 'Tier', kind: 'select', options: [{ label: 'Gold', color: 'yellow' }, { label: 'Silver' }] }

it('adds, changes, orders, deletes and restores fields, and the log tells every row', async () => {
  const agent = await crm.signIn()
  const [text, choice, third] = [await make(agent, { label: 'Hobby' }), await make(agent, tier), await make(agent, { label: 'Age', kind: 'number' })]
  const [gold, silver] = choice.options
  expect([gold, silver]).toMatchObject([{ label: 'Gold', color: 'yellow', isArchived: false }, { color: 'gray' }])
  const changed = await agent.patch(
    `/fields/${choice.id}`,
    { label: 'Level', options: [{ id: silver.id, label: 'Silver' }, { label: 'Bronze' }] },
    { version: 1 },
  )
  expect(changed.body.options).toMatchObject([{ id: silver.id }, { label: 'Bronze' }, { id: gold.id, isArchived: true }])
  const same = changed.body.options.slice(0, 2).map(({ id, label, color }: Record<string, unknown>) => ({ id, label, color }))
  expect((await agent.patch(`/fields/${choice.id}`, { label: 'Level', options: same }, { version: 2 })).body.version).toBe(2)

  expect((await agent.put('/fields/order', { record: 'contact', fieldIds: [third.id] })).body.items.map(({ label }: { label: string }) => label)).toEqual([
    'Age',
    'Hobby',
    'Level',
  ])
  expect((await agent.delete(`/fields/${third.id}`)).status).toBe(204)
  expect(await labelsOf(agent)).toEqual(['Hobby', 'Level'])
  expect(await labelsOf(agent, 'record=contact&deleted=true')).toEqual(['Age'])
  expect((await agent.post(`/fields/${third.id}/restore`, undefined)).body).toMatchObject({ deletedAt: null, position: 3 })
  expect(await labelsOf(agent)).toEqual(['Hobby', 'Level', 'Age'])
  await agent.delete(`/fields/${text.id}`)

  const rows = await crm.database.asAdmin(`select id, record, label, kind, help, options, is_required as "isRequired", required_stages as "requiredStages",
    relates_to as "relatesTo", currency, formula, is_computing as "isComputing", position, version, deleted_at is not null as "isDeleted" from crm.field where organization_id = '${agent.organizationId}'`)
  expect(new Map(rows.map((row) => [row['id'], row]))).toEqual(await folded(agent.organizationId))
})

const Changes = z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() }))

/** The rows that the log tells of. */
async function folded(organizationId: string): Promise<Map<unknown, unknown>> {
  const told = await Promise.all([fieldCreated, fieldUpdated, fieldDeleted, fieldRestored].map((event) => crm.emitted<typeof event>(event, organizationId)))
  const rows = new Map<string, Record<string, unknown>>()
  for (const { aggregate, data, type } of (told.flat() as Envelope<Record<string, unknown>>[]).toSorted((a, b) => a.aggregate.version - b.aggregate.version)) {
    const row = rows.get(aggregate.id) ?? { id: aggregate.id, isDeleted: false }
    const { fieldId: _id, changes, ...begin } = data
    Object.assign(row, type === fieldDeleted.type ? { isDeleted: true } : { ...begin, isDeleted: false })
    for (const [part, { from, to }] of Object.entries(Changes.parse(changes ?? {}))) {
      expect(row[part]).toEqual(from)
      row[part] = to
    }
    rows.set(aggregate.id, { ...row, version: aggregate.version })
  }
  return rows
}

it.each([
  [{ label: 'Tier', kind: 'select' }, '/options'],
  [{ label: 'Age', kind: 'number', options: [{ label: 'x' }] }, '/options'],
  [{ ...tier, options: [{ label: 'Gold' }, { label: 'gold' }] }, '/options/1/label'],
  [{ ...tier, options: [{ id: crypto.randomUUID(), label: 'Gold' }] }, '/options/0/id'],
  [{ label: 'Boss', kind: 'relation' }, '/relatesTo'],
  [{ label: 'Boss', relatesTo: 'contact' }, '/relatesTo'],
  [{ label: 'Budget', kind: 'money', currency: 'XYZ' }, '/currency'],
  [{ label: 'Age', currency: 'EUR' }, '/currency'],
  [{ label: 'Age', requiredStages: ['won'] }, '/requiredStages'],
])('refuses what is no definition, naming the part: %j', async (field, place) => {
  const agent = await crm.signIn()
  expect(await agent.post('/fields', { record: 'contact', kind: 'text', ...field })).toMatchObject({
    status: 422,
    body: { code: 'crm.field.unsound', errors: [{ field: place }] },
  })
  expect(await labelsOf(agent)).toEqual([])
})

it('keeps names of living fields apart, whatever their case, and gives those of deleted ones away', async () => {
  const agent = await crm.signIn()
  const first = await make(agent, { label: 'Hobby' })
  const taken = { status: 409, body: { code: 'crm.field.label_taken', errors: [{ field: '/label' }] } }
  expect(await agent.post('/fields', { record: 'contact', kind: 'text', label: 'HOBBY' })).toMatchObject(taken)
  expect((await agent.post('/fields', { record: 'deal', kind: 'text', label: 'Hobby' })).status).toBe(201)
  await agent.delete(`/fields/${first.id}`)
  await make(agent, { label: 'hobby' })
  expect(await agent.post(`/fields/${first.id}/restore`, undefined)).toMatchObject(taken)
})

it('has at most a hundred fields per kind of record, also of those who add them at once', async () => {
  const agent = await crm.signIn()
  await crm.database.asAdmin(`insert into crm.field (organization_id, record, label, kind, options, is_required, required_stages, position)
    select '${agent.organizationId}', 'contact', 'Field ' || n, 'text', '[]', false, '{}', n from generate_series(1, ${MAX_FIELDS - 1}) n`)
  const answers = await Promise.all(['a', 'b', 'c'].map((label) => agent.post('/fields', { record: 'contact', kind: 'text', label })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409])
})

it('is of one organisation, and changed by whoever may manage fields', async () => {
  const [ours, theirs] = [await crm.signIn(), await crm.signIn()]
  const field = await make(ours, { label: 'Hobby' })
  const clerk = await crm.signIn({ organizationId: ours.organizationId, permissions: ['crm.contact.read', 'crm.contact.update'] })
  const outsider = await crm.signIn({ organizationId: ours.organizationId, permissions: ['crm.deal.read'] })
  const attempts = (agent: Agent) => [
    agent.patch(`/fields/${field.id}`, { label: 'x' }, { version: 1 }),
    agent.delete(`/fields/${field.id}`),
    agent.post(`/fields/${field.id}/restore`, undefined),
  ]
  for (const answer of await Promise.all(attempts(theirs))) expect(answer.status).toBe(404)
  for (const answer of await Promise.all([
    ...attempts(clerk),
    clerk.post('/fields', { record: 'contact', kind: 'text', label: 'x' }),
    clerk.put('/fields/order', { record: 'contact', fieldIds: [field.id] }),
  ]))
    expect(answer.status).toBe(403)
  expect(await theirs.put('/fields/order', { record: 'contact', fieldIds: [field.id] })).toMatchObject({
    status: 422,
    body: { errors: [{ field: '/fieldIds/0' }] },
  })
  expect(await Promise.all([ours, clerk, outsider, theirs].map((agent) => labelsOf(agent)))).toEqual([['Hobby'], ['Hobby'], [], []])
})
