import { companyUpdated, memberRemoved, teamCreated, type Permission, type RecordScope } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const permissions: readonly Permission[] = [
  'crm.contact.read',
  'crm.contact.create',
  'crm.company.read',
  'crm.company.create',
  'crm.company.update',
  'crm.company.delete',
]
const colleague = ({ organizationId }: Agent, read: RecordScope, write: RecordScope = read) =>
  crm.signIn({ organizationId, userId: crypto.randomUUID(), permissions, scopes: { company: { read, write } } })
const make = async (agent: Agent, company: object = {}) => (await agent.post('/companies', { name: 'Acme', ...company })).body
const namesIn = async (agent: Agent, query = '') => (await agent.get(`/companies${query}`)).body.items.map(({ name }: { name: string }) => name).toSorted()

it('is seen as far as the role reaches, in lists, searches, stories and as a parent', async () => {
  const owner = await crm.signIn()
  const [own, team] = [await colleague(owner, 'own'), await colleague(owner, 'team')]
  await crm.deliver(teamCreated({ teamId: crypto.randomUUID(), name: 'North', leadId: null, memberIds: [own.userId, team.userId] }), {
    organizationId: owner.organizationId,
  })
  await make(owner, { name: 'Mine', ownerId: own.userId })
  await make(owner, { name: 'Nobody’s', ownerId: null })
  const foreign = await make(owner, { name: 'Foreign', domains: ['foreign.example'] })
  expect(await namesIn(owner)).toHaveLength(3)
  expect(await namesIn(own)).toEqual(['Mine'])
  expect(await namesIn(team)).toEqual(['Mine', 'Nobody’s'])
  expect([await namesIn(own, '?search=foreign'), await namesIn(own, '?domain=foreign.example')]).toEqual([[], []])
  for (const path of [`/companies/${foreign.id}`, `/companies/${foreign.id}/timeline`]) expect((await own.get(path)).status).toBe(404)
  expect(await own.post('/companies', { name: 'Child', parentId: foreign.id })).toMatchObject({ status: 422, body: { code: 'crm.company.unknown' } })
})

it('is locked for whoever may read and not change it, which changes nothing', async () => {
  const owner = await crm.signIn()
  const reader = await colleague(owner, 'all', 'own')
  const company = await make(owner)
  const path = `/companies/${company.id}`
  for (const answer of [await reader.patch(path, { name: 'x', ownerId: reader.userId }, { version: 1 }), await reader.delete(path)])
    expect(answer).toMatchObject({ status: 403, body: { code: 'platform.record_locked' } })
  expect((await owner.get(path)).body).toEqual(company)
})

it('leaves hidden fields out of every answer, finds nothing by them and lets nobody write them', async () => {
  const owner = await crm.signIn()
  const clerk = await crm.signIn({ organizationId: owner.organizationId, permissions, fields: { company: { domains: 'hidden', phone: 'read-only' } } })
  const { id } = await make(owner, { domains: ['secret.example'], phone: '555' })
  await owner.patch(`/companies/${id}`, { domains: ['secret.example', 'secret.org'] }, { version: 1 })
  await crm.settle()
  const changed = await clerk.patch(`/companies/${id}`, { note: 'Called' }, { version: 2 })
  for (const { status, raw } of [changed, await clerk.get(`/companies/${id}`), await clerk.get('/companies'), await clerk.get(`/companies/${id}/timeline`)]) {
    expect(status).toBe(200)
    expect(raw.toString()).not.toMatch(/secret|domains/)
  }
  expect(changed.body).toMatchObject({ phone: '555', note: 'Called' })
  expect([await namesIn(owner, '?search=secret'), await namesIn(clerk, '?search=secret'), await namesIn(clerk, '?search=acme')]).toEqual([
    ['Acme'],
    [],
    ['Acme'],
  ])
  expect([await namesIn(owner, '?domain=secret.org'), await namesIn(clerk, '?domain=secret.org')]).toEqual([['Acme'], []])
  for (const change of [{ domains: [] }, { phone: '1' }])
    expect(await clerk.patch(`/companies/${id}`, change, { version: 3 })).toMatchObject({ status: 403, body: { code: 'platform.field_denied' } })
})

it('goes over to the heir of whoever left, each with its event, however many there are', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const [gone, heir] = [crypto.randomUUID(), crypto.randomUUID()]
  await crm.database.asAdmin(`insert into crm.company (organization_id, name, domains, owner_id)
    select '${organizationId}', 'Company ' || n, '{}', '${gone}' from generate_series(1, 150) n`)
  await make(agent, { name: 'Mine' })
  await crm.deliver(memberRemoved({ userId: gone, reason: 'left', handedOverTo: heir }), { organizationId })
  await crm.settle()
  const owners = await crm.database.asAdmin(`select owner_id, count(*)::int as count, max(version)::int as version
    from crm.company where organization_id = '${organizationId}' group by owner_id order by count desc`)
  expect(owners).toEqual([
    { owner_id: heir, count: 150, version: 2 },
    { owner_id: agent.userId, count: 1, version: 1 },
  ])
  expect(await crm.emitted(companyUpdated, organizationId)).toHaveLength(150)
})
