import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const define = async (agent: Agent, field: object) =>
  (await agent.post('/fields', { record: 'contact', kind: 'text', label: crypto.randomUUID(), ...field })).body
const make = (agent: Agent, custom: object) => agent.post('/contacts', { name: 'Ada', custom })
const options = [{ label: 'Gold' }, { label: 'Silver' }]
const unfit = (id: string) => ({ status: 422, body: { code: 'crm.field.values_unfit', errors: [{ field: `/custom/${id}` }] } })

it.each([
  ['text', 5],
  ['text', 'x'.repeat(2001)],
  ['number', '5'],
  ['money', 5],
  ['money', { amountMinor: 5, currency: 'XYZ' }],
  ['date', '2027-02-30'],
  ['date', '0000-01-01'],
  ['select', crypto.randomUUID()],
  ['select', ['x']],
  ['multiSelect', [crypto.randomUUID()]],
  ['multiSelect', 'x'],
  ['person', 'me'],
  ['relation', crypto.randomUUID()],
  ['url', 'javascript:alert(1)'],
  ['url', 'acme.example'],
  ['checkbox', 'yes'],
])('refuses what is no %s, naming the field, and changes nothing: %j', async (kind, value) => {
  const agent = await crm.signIn()
  const field = await define(agent, { kind, options: kind.endsWith('elect') ? options : [], relatesTo: kind === 'relation' ? 'company' : null })
  const contact = (await make(agent, {})).body
  expect(await agent.patch(`/contacts/${contact.id}`, { name: 'Eva', custom: { [field.id]: value } }, { version: 1 })).toMatchObject(unfit(field.id))
  expect((await agent.get(`/contacts/${contact.id}`)).body).toEqual(contact)
  expect(await make(agent, { [field.id]: value })).toMatchObject(unfit(field.id))
  expect((await agent.get('/contacts')).body.items).toHaveLength(1)
})

it('refuses people who are no members, and records that whoever names them does not see', async () => {
  const [agent, foreign] = [await crm.signIn(), await crm.signIn()]
  const [person, relation] = [await define(agent, { kind: 'person' }), await define(agent, { kind: 'relation', relatesTo: 'contact' })]
  await crm.database.asAdmin(`insert into crm.member_roll (organization_id) values ('${agent.organizationId}')`)
  expect(await make(agent, { [person.id]: crypto.randomUUID() })).toMatchObject({
    status: 422,
    body: { code: 'platform.not_a_member', errors: [{ field: `/custom/${person.id}` }] },
  })
  expect((await make(agent, { [person.id]: agent.userId })).body.custom).toEqual({ [person.id]: agent.userId })

  const narrow = await crm.signIn({
    organizationId: agent.organizationId,
    permissions: ['crm.contact.read', 'crm.contact.create'],
    scopes: { contact: { read: 'own', write: 'own' } },
  })
  const friend = (await make(agent, {})).body
  expect((await make(agent, { [relation.id]: friend.id })).status).toBe(201)
  for (const id of [(await make(foreign, {})).body.id, crypto.randomUUID()]) expect(await make(agent, { [relation.id]: id })).toMatchObject(unfit(relation.id))
  expect(await make(narrow, { [relation.id]: friend.id })).toMatchObject(unfit(relation.id))
})

it('knows neither fields of another organisation, nor of other records, nor deleted ones', async () => {
  const [agent, foreign] = [await crm.signIn(), await crm.signIn()]
  const gone = await define(agent, {})
  await agent.delete(`/fields/${gone.id}`)
  for (const field of [await define(foreign, {}), await define(agent, { record: 'deal' }), gone])
    expect(await make(agent, { [field.id]: 'x' })).toMatchObject(unfit(field.id))
})

it('keeps values of a deleted field out of sight, through changes of others, and brings them back', async () => {
  const agent = await crm.signIn()
  const [hobby, motto] = [await define(agent, { label: 'Hobby' }), await define(agent, { label: 'Motto' })]
  const { id } = (await make(agent, { [hobby.id]: 'Chess', [motto.id]: 'On' })).body
  await agent.delete(`/fields/${hobby.id}`)
  const changed = await agent.patch(`/contacts/${id}`, { custom: { [motto.id]: null } }, { version: 1 })
  expect(changed.body.custom).toEqual({})
  expect((await agent.get('/contacts')).body.items[0].custom).toEqual({})
  await agent.post(`/fields/${hobby.id}/restore`, undefined)
  expect((await agent.get(`/contacts/${id}`)).body.custom).toEqual({ [hobby.id]: 'Chess' })
})

it('keeps a chosen option that was removed, offers it nobody else, and sorts by the new order', async () => {
  const agent = await crm.signIn()
  const field = await define(agent, { kind: 'select', options })
  const [gold, silver] = field.options
  const { id } = (await make(agent, { [field.id]: gold.id })).body
  await agent.patch(`/fields/${field.id}`, { options: [{ id: silver.id, label: 'Silver' }] }, { version: 1 })
  await crm.settle()
  expect((await agent.patch(`/contacts/${id}`, { name: 'Eva', custom: { [field.id]: gold.id } }, { version: 1 })).body.custom).toEqual({ [field.id]: gold.id })
  expect(await make(agent, { [field.id]: gold.id })).toMatchObject(unfit(field.id))
  const [value] = await crm.database.asAdmin(`select sort_number from crm.field_value where record_id = '${id}'`)
  expect(value).toEqual({ sort_number: 1 })
})

it('wants required values of whoever makes a record, not of who writes first, and does not let them be emptied', async () => {
  const agent = await crm.signIn()
  const before = (await make(agent, {})).body
  const field = await define(agent, { label: 'Hobby', isRequired: true })
  expect(await make(agent, {})).toMatchObject({ status: 422, body: { code: 'crm.field.values_missing', errors: [{ field: `/custom/${field.id}` }] } })
  expect((await agent.get('/contacts')).body.items).toHaveLength(1)
  const { id } = (await make(agent, { [field.id]: 'Chess' })).body
  expect(await agent.patch(`/contacts/${id}`, { custom: { [field.id]: null } }, { version: 1 })).toMatchObject(unfit(field.id))
  expect((await agent.patch(`/contacts/${before.id}`, { name: 'Eva' }, { version: 1 })).status).toBe(200)
  const clerk = await crm.signIn({
    organizationId: agent.organizationId,
    permissions: ['crm.contact.create'],
    fields: { contact: { [`custom.${field.id}`]: 'hidden' } },
  })
  expect((await make(clerk, {})).status).toBe(201)
})

it('moves a deal only with what its stage demands, which may come with the move', async () => {
  const agent = await crm.signIn()
  const budget = await define(agent, { record: 'deal', label: 'Budget', kind: 'number', requiredStages: ['proposal', 'won'] })
  const missing = { status: 422, body: { code: 'crm.deal.move_refused', errors: [{ field: `/custom/${budget.id}`, message: 'Budget' }] } }
  expect(await agent.post('/deals', { title: 'Turbines', stage: 'proposal' })).toMatchObject(missing)
  const deal = (await agent.post('/deals', { title: 'Turbines' })).body
  const path = `/deals/${deal.id}`
  expect(await agent.patch(path, { title: 'x', stage: 'proposal' }, { version: 1 })).toMatchObject(missing)
  expect((await agent.get(path)).body).toEqual(deal)
  expect((await agent.patch(path, { stage: 'qualified' }, { version: 1 })).status).toBe(200)
  expect((await agent.patch(path, { stage: 'proposal', custom: { [budget.id]: 0 } }, { version: 2 })).body).toMatchObject({ stage: 'proposal', version: 4 })
  expect(await agent.patch(path, { stage: 'won', custom: { [budget.id]: null } }, { version: 4 })).toMatchObject(missing)

  const blind = await crm.signIn({
    organizationId: agent.organizationId,
    permissions: ['crm.deal.read', 'crm.deal.create'],
    fields: { deal: { [`custom.${budget.id}`]: 'hidden' } },
  })
  const refused = await blind.post('/deals', { title: 'Turbines', stage: 'won' })
  expect(refused).toMatchObject({ status: 422, body: { code: 'crm.deal.move_refused', context: { obstacles: [{ rule: 'required-field', field: null }] } } })
  expect(refused.raw.toString()).not.toMatch(/Budget/)
})

it('leaves a hidden field out of records, stories, searches and definitions, and lets nobody write it', async () => {
  const owner = await crm.signIn()
  const [secret, open] = [await define(owner, { label: 'Secret' }), await define(owner, { label: 'Open' })]
  const clerk = await crm.signIn({
    organizationId: owner.organizationId,
    permissions: ['crm.contact.read', 'crm.contact.update'],
    fields: { contact: { [`custom.${secret.id}`]: 'hidden', [`custom.${open.id}`]: 'read-only' } },
  })
  const { id } = (await make(owner, { [secret.id]: 'Rosebud', [open.id]: 'Sledge' })).body
  await owner.patch(`/contacts/${id}`, { custom: { [secret.id]: 'Rosebuds' } }, { version: 1 })
  await crm.settle()
  for (const path of [`/contacts/${id}`, '/contacts', `/contacts/${id}/timeline`, '/fields']) {
    const answer = await clerk.get(path)
    expect(answer.status).toBe(200)
    expect(answer.raw.toString()).not.toMatch(/Rosebud|Secret/)
  }
  expect((await clerk.get(`/contacts/${id}`)).body.custom).toEqual({ [open.id]: 'Sledge' })
  const found = async (who: Agent, words: string) => (await who.get(`/contacts?search=${words}`)).body.items.length
  expect([await found(owner, 'rosebud'), await found(clerk, 'rosebud'), await found(clerk, 'sledge')]).toEqual([1, 0, 1])
  for (const field of [secret, open])
    expect(await clerk.patch(`/contacts/${id}`, { custom: { [field.id]: 'x' } }, { version: 2 })).toMatchObject({
      status: 403,
      body: { errors: [{ field: `/custom/${field.id}` }] },
    })
})

it.each([
  ['contact', '/contacts', { name: 'Ada' }],
  ['company', '/companies', { name: 'Acme' }],
  ['deal', '/deals', { title: 'Turbines' }],
])('finds a %s by the text of its fields', async (record, path, body) => {
  const agent = await crm.signIn()
  const [text, url] = [await define(agent, { record }), await define(agent, { record, kind: 'url' })]
  const { id } = (await agent.post(path, { ...body, custom: { [text.id]: 'Шахматы' } })).body
  const found = async (words: string) => (await agent.get(`${path}?search=${words}`)).body.items.length
  expect([await found('shakhmaty'), await found('lichess')]).toEqual([1, 0])
  await agent.patch(`${path}/${id}`, { custom: { [text.id]: null, [url.id]: 'https://lichess.example/' } }, { version: 1 })
  expect([await found('shakhmaty'), await found('lichess')]).toEqual([0, 1])
})
