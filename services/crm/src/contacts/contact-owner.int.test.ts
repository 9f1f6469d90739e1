import { contactCreated, contactUpdated, memberRemoved, teamCreated, type Permission, type RecordScope } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const permissions: readonly Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.contact.update', 'crm.contact.delete']
const colleague = ({ organizationId }: Agent, read: RecordScope, write: RecordScope = read, userId: string = crypto.randomUUID()) =>
  crm.signIn({ organizationId, userId, permissions, scopes: { contact: { read, write } } })
const make = async (agent: Agent, contact: object = {}) => (await agent.post('/contacts', { name: 'Ada', ...contact })).body
const namesIn = async (agent: Agent, query = '') => (await agent.get(`/contacts${query}`)).body.items.map(({ name }: { name: string }) => name).toSorted()

it('belongs to whoever makes it, unless told', async () => {
  const agent = await crm.signIn()
  const other = crypto.randomUUID()
  expect(await make(agent)).toMatchObject({ ownerId: agent.userId })
  expect(await make(agent, { ownerId: other })).toMatchObject({ ownerId: other })
  expect(await make(agent, { ownerId: null })).toMatchObject({ ownerId: null })
  expect((await crm.emitted(contactCreated, agent.organizationId)).map(({ data }) => data.ownerId)).toEqual([agent.userId, other, null])
})

it('is given to somebody else, and tells so', async () => {
  const agent = await crm.signIn()
  const { id } = await make(agent)
  const to = crypto.randomUUID()
  expect((await agent.patch(`/contacts/${id}`, { ownerId: to }, { version: 1 })).body).toMatchObject({ ownerId: to, version: 2 })
  expect((await agent.patch(`/contacts/${id}`, { ownerId: 'me' }, { version: 2 })).status).toBe(400)
  expect(await crm.emitted(contactUpdated, agent.organizationId)).toMatchObject([{ data: { changes: { ownerId: { from: agent.userId, to } } } }])
})

it('is found by whose it is', async () => {
  const agent = await crm.signIn()
  const mate = crypto.randomUUID()
  await crm.deliver(teamCreated({ teamId: crypto.randomUUID(), name: 'North', leadId: null, memberIds: [agent.userId, mate] }), {
    organizationId: agent.organizationId,
  })
  for (const [name, ownerId] of [
    ['Mine', agent.userId],
    ['Mate’s', mate],
    ['Nobody’s', null],
    ['Stranger’s', crypto.randomUUID()],
  ] as const)
    await make(agent, { name, ownerId })
  expect(await namesIn(agent, '?owner=mine')).toEqual(['Mine'])
  expect(await namesIn(agent, '?owner=teams')).toEqual(['Mate’s', 'Mine'])
  expect(await namesIn(agent, '?owner=nobody')).toEqual(['Nobody’s'])
  expect(await namesIn(agent)).toHaveLength(4)
  expect((await agent.get('/contacts?owner=everybody')).status).toBe(400)
  const { nextCursor } = (await agent.get('/contacts?owner=teams&limit=1')).body
  expect((await agent.get(`/contacts?owner=mine&limit=1&cursor=${nextCursor}`)).status).toBe(400)
})

it('leaves the sight of somebody who gives their own away, and is deleted by whose it is', async () => {
  const owner = await crm.signIn()
  const own = await colleague(owner, 'own')
  const [kept, given] = [await make(own), await make(own)]
  expect((await own.patch(`/contacts/${given.id}`, { ownerId: owner.userId }, { version: 1 })).status).toBe(200)
  expect((await own.get(`/contacts/${given.id}`)).status).toBe(404)
  expect((await own.delete(`/contacts/${given.id}`)).status).toBe(404)
  expect([(await own.delete(`/contacts/${kept.id}`)).status, (await own.delete(`/contacts/${kept.id}`)).status]).toEqual([204, 204])
  expect(await namesIn(owner)).toEqual(['Ada'])
})

it('is locked for whoever may read and not change it, which changes nothing', async () => {
  const owner = await crm.signIn()
  const reader = await colleague(owner, 'all', 'own')
  const contact = await make(owner)
  const path = `/contacts/${contact.id}`
  for (const answer of [await reader.patch(path, { name: 'Eva', ownerId: reader.userId }, { version: 1 }), await reader.delete(path)])
    expect(answer).toMatchObject({ status: 403, body: { code: 'platform.record_locked' } })
  expect((await owner.get(path)).body).toEqual(contact)
})

it('never lets changing reach further than seeing', async () => {
  const owner = await crm.signIn()
  const odd = await colleague(owner, 'own', 'all')
  const { id } = await make(owner)
  expect((await odd.patch(`/contacts/${id}`, { name: 'Eva' }, { version: 1 })).status).toBe(404)
  expect((await odd.delete(`/contacts/${id}`)).status).toBe(404)
})

it('keeps field rules within reach', async () => {
  const owner = await crm.signIn()
  const scopes = { contact: { read: 'own', write: 'own' } } as const
  const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions, scopes, fields: { contact: { phone: 'hidden' } } })
  await make(owner, { name: 'Ada', phone: '555' })
  const mine = await make(owner, { name: 'Eva', phone: '556', ownerId: clerk.userId })
  expect((await clerk.get(`/contacts/${mine.id}`)).body).not.toHaveProperty('phone')
  expect(await namesIn(clerk, '?search=55')).toEqual([])
  expect((await clerk.patch(`/contacts/${mine.id}`, { phone: '1' }, { version: 1 })).status).toBe(403)
})

it('goes over to the heir of whoever left, each with its event, however many there are', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const [gone, heir] = [crypto.randomUUID(), crypto.randomUUID()]
  await crm.database.asAdmin(`insert into crm.contact (organization_id, name, source, owner_id)
    select '${organizationId}', 'Contact ' || n, 'manual', '${gone}' from generate_series(1, 250) n`)
  await make(agent, { name: 'Mine' })
  await crm.deliver(memberRemoved({ userId: gone, reason: 'left', handedOverTo: heir }), { organizationId })
  await crm.settle()
  const owners = await crm.database.asAdmin(`select owner_id, count(*)::int as count, max(version)::int as version
    from crm.contact where organization_id = '${organizationId}' group by owner_id order by count desc`)
  expect(owners).toEqual([
    { owner_id: heir, count: 250, version: 2 },
    { owner_id: agent.userId, count: 1, version: 1 },
  ])
  expect(await crm.emitted(contactUpdated, organizationId)).toHaveLength(250)
})

it('never lets people of another organisation be in a team of ours', async () => {
  const [ours, theirs] = [await crm.signIn(), await crm.signIn()]
  await crm.deliver(teamCreated({ teamId: crypto.randomUUID(), name: 'North', leadId: null, memberIds: [ours.userId, theirs.userId] }), {
    organizationId: theirs.organizationId,
  })
  const { id } = await make(ours)
  const spy = await colleague(ours, 'team', 'team', theirs.userId)
  expect((await spy.get(`/contacts/${id}`)).status).toBe(404)
  expect((await (await colleague(theirs, 'team')).get(`/contacts/${id}`)).status).toBe(404)
})
