import { companyDeleted, tagCreated, tagDeleted } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { imported } from './import-fixture.ts'

const crm = await startService(service)

type Named = { id: string; name: string; version: number }
const all = async (agent: Agent, path: string): Promise<Named[]> => (await agent.get(`${path}${path === '/tags' ? '' : '?limit=100'}`)).body.items
const namesOf = async (agent: Agent, path: string): Promise<string[]> => (await all(agent, path)).map(({ name }) => name).toSorted()
const named = async (agent: Agent, path: string, name: string): Promise<Named> => {
  const found = (await all(agent, path)).find((one) => one.name === name)
  if (!found) throw new Error(`No ${name}`)
  return found
}

async function over(agent: Agent, { status, body }: { status: number; body: { id: string } }) {
  expect([200, 202], JSON.stringify(body)).toContain(status)
  await expect.poll(async () => (await agent.get(`/record-operations/${body.id}`)).body.status, { timeout: 60_000 }).toBe('done')
  await crm.settle()
  return (await agent.get(`/record-operations/${body.id}`)).body
}
const revert = async (agent: Agent, importId: string) => over(agent, await agent.post(`/imports/${importId}/revert`))
const undo = async (agent: Agent, operationId: string) => over(agent, await agent.post(`/record-operations/${operationId}/undo`))
const leftBy = async (agent: Agent, operationId: string) =>
  (await agent.get(`/record-operations/${operationId}/records?outcome=skipped`)).body.items.map(({ name, code }: { name: string; code: string }) => [
    name,
    code,
  ])

const FILE = 'Name,Company,Tags\nAda,Acme,VIP;Old\nBob,Bolt,VIP\nCid,Cog,Hot\n'

it('takes companies and tags back with the import that made them, brings them back with it, and so on', async () => {
  const agent = await crm.signIn()
  await agent.post('/tags', { name: 'Old' })
  await agent.post('/companies', { name: 'Bolt' })
  const done = await imported(agent, FILE)
  const [contacts, companies, tags] = [await all(agent, '/contacts'), await all(agent, '/companies'), await all(agent, '/tags')]
  const undone = await revert(agent, done.id)
  expect(undone).toMatchObject({ total: 7, changed: 7, skipped: 0, reasons: [] })
  expect([await namesOf(agent, '/contacts'), await namesOf(agent, '/companies'), await namesOf(agent, '/tags')]).toEqual([[], ['Bolt'], ['Old']])
  const told = [await crm.emitted(companyDeleted, agent.organizationId), await crm.emitted(tagDeleted, agent.organizationId)]
  expect(told.map((events) => events.length)).toEqual([2, 2])
  const plain = (records: readonly object[]) =>
    records.map((record) => ({ ...record, version: 0, updatedAt: '' })).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  for (let round = 0; round < 2; round += 1) {
    const [last] = (await agent.get('/record-operations')).body.items
    expect(await undo(agent, last.id)).toMatchObject({ total: 7, changed: 7, skipped: 0, reasons: [] })
    // People come back to their companies and tags, which have come back before them.
    expect(plain(await all(agent, '/contacts'))).toEqual(plain(contacts))
    expect(plain(await all(agent, '/companies'))).toEqual(plain(companies))
    expect(plain(await all(agent, '/tags'))).toEqual(plain(tags))
    expect(await revert(agent, done.id)).toMatchObject({ changed: 7, skipped: 0 })
    expect([await namesOf(agent, '/contacts'), await namesOf(agent, '/companies'), await namesOf(agent, '/tags')]).toEqual([[], ['Bolt'], ['Old']])
  }
  expect(await crm.emitted(tagCreated, agent.organizationId)).toHaveLength(3 + 2 * 2)
})

it('leaves what somebody has used or changed since, names it, and takes it back later when it is not used any more', async () => {
  const agent = await crm.signIn()
  const rows = ['Acme,T1', 'Bolt,T2', 'Cog,T3', 'Dent,T4', 'Egg,T5', 'Fig,T6', 'Gum,T7']
  const done = await imported(agent, `Name,Company,Tags\n${rows.map((row, nth) => `Row ${nth},${row}`).join('\n')}\n`)
  const company = (name: string) => named(agent, '/companies', name)
  const tag = (name: string) => named(agent, '/tags', name)
  const eve = (await agent.post('/contacts', { name: 'Eve', companyId: (await company('Acme')).id, tagIds: [(await tag('T1')).id] })).body
  await agent.post('/deals', { title: 'Turbines', companyId: (await company('Bolt')).id })
  await agent.post('/tasks', { title: 'Call', companyId: (await company('Cog')).id })
  const dent = await company('Dent')
  await agent.patch(`/companies/${dent.id}`, { industry: 'Cars' }, { version: dent.version })
  await agent.post('/companies', { name: 'Daughter', parentId: (await company('Egg')).id })
  const field = (await agent.post('/fields', { record: 'deal', kind: 'relation', relatesTo: 'company', label: 'Rival' })).body
  await agent.post('/deals', { title: 'Pumps', custom: { [field.id]: (await company('Fig')).id } })
  const second = await tag('T2')
  await agent.patch(`/tags/${second.id}`, { color: 'red' }, { version: second.version })
  const filter = { field: 'tagIds', op: 'isAnyOf', value: [(await tag('T3')).id] }
  const view = await agent.post('/views', { record: 'contact', name: 'Third', isShared: true, filter, columns: [] })
  expect(view.status, JSON.stringify(view.body)).toBe(201)
  const undone = await revert(agent, done.id)
  expect(undone).toMatchObject({ total: 21, changed: 7 + 1 + 4, skipped: 9 })
  const [used, changed] = ['crm.operation.still_used', 'crm.operation.changed_since']
  expect(Object.fromEntries(await leftBy(agent, undone.id))).toEqual({
    Acme: used,
    Bolt: used,
    Cog: used,
    Dent: changed,
    Egg: used,
    Fig: used,
    T1: used,
    T2: changed,
    T3: used,
  })
  expect(await namesOf(agent, '/companies')).toEqual(['Acme', 'Bolt', 'Cog', 'Daughter', 'Dent', 'Egg', 'Fig'])
  expect(await namesOf(agent, '/tags')).toEqual(['T1', 'T2', 'T3'])
  await agent.delete(`/contacts/${eve.id}`)
  expect(await revert(agent, done.id)).toMatchObject({ changed: 2, skipped: 7 })
  expect(await namesOf(agent, '/companies')).not.toContain('Acme')
  expect(await namesOf(agent, '/tags')).toEqual(['T2', 'T3'])
})

it('removes nothing that whoever takes it back could not remove by hand', async () => {
  const owner = await crm.signIn()
  const permissions = [
    'crm.contact.read',
    'crm.contact.create',
    'crm.contact.delete',
    'crm.contact.import',
    'crm.company.read',
    'crm.company.create',
    'crm.tag.manage',
  ] as const
  const who = { organizationId: owner.organizationId, userId: crypto.randomUUID() }
  const agent = await crm.signIn({ ...who, permissions: [...permissions] })
  const done = await imported(agent, FILE)
  const weaker = await crm.signIn({ ...who, permissions: permissions.filter((permission) => permission !== 'crm.tag.manage') })
  const undone = await revert(weaker, done.id)
  expect(undone).toMatchObject({ changed: 3, skipped: 6, reasons: [{ code: 'crm.operation.denied', count: 6 }] })
  expect(await namesOf(owner, '/companies')).toEqual(['Acme', 'Bolt', 'Cog'])
  expect(await namesOf(owner, '/tags')).toEqual(['Hot', 'Old', 'VIP'])
})

it('names no company that whoever takes it back does not see any more', async () => {
  const { organizationId } = await crm.signIn()
  const [contact, company] = [
    ['crm.contact.read', 'crm.contact.create', 'crm.contact.delete', 'crm.contact.import'],
    ['crm.company.read', 'crm.company.create', 'crm.company.delete'],
  ] as const
  const scopes = { company: { read: 'own', write: 'own' } } as const
  const agent = await crm.signIn({ organizationId, userId: crypto.randomUUID(), permissions: [...contact, ...company], scopes })
  const done = await imported(agent, 'Name,Company\nAda,Acme\n', { ownerId: agent.userId })
  await crm.database.asAdmin(`update crm.company set owner_id = gen_random_uuid() where organization_id = '${organizationId}'`)
  const undone = await revert(agent, done.id)
  expect(undone).toMatchObject({ changed: 1, skipped: 1 })
  expect(await leftBy(agent, undone.id)).toEqual([[null, 'platform.not_found']])
})

it('brings a company back under whatever name, and no tag whose name another has by now', async () => {
  const agent = await crm.signIn()
  const done = await imported(agent, FILE)
  const undone = await revert(agent, done.id)
  await agent.post('/tags', { name: 'vip' })
  await agent.post('/companies', { name: 'Acme' })
  const again = await undo(agent, undone.id)
  expect(again).toMatchObject({ changed: 3 + 3 + 2, skipped: 1 })
  expect(await leftBy(agent, again.id)).toEqual([['VIP', 'crm.tag.name_taken']])
  expect(await namesOf(agent, '/companies')).toEqual(['Acme', 'Acme', 'Bolt', 'Cog'])
})

it('goes through hundreds of them batch by batch, each once, past those that stay', async () => {
  const agent = await crm.signIn()
  const rows = Array.from({ length: 450 }, (_, n) => `Row ${n},Firm ${n}`)
  const done = await imported(agent, `Name,Company\n${rows.join('\n')}\n`)
  for (const name of ['Firm 3', 'Firm 199', 'Firm 200', 'Firm 440']) {
    const [row] = await crm.database.asAdmin(`select id from crm.company where organization_id = '${agent.organizationId}' and name = '${name}'`)
    await agent.post('/deals', { title: name, companyId: row?.['id'] })
  }
  expect(await revert(agent, done.id)).toMatchObject({ total: 900, changed: 896, skipped: 4 })
  expect((await namesOf(agent, '/companies')).toSorted()).toEqual(['Firm 199', 'Firm 200', 'Firm 3', 'Firm 440'])
  expect(await crm.emitted(companyDeleted, agent.organizationId)).toHaveLength(446)
})
