import { MAX_PERSONAL_VIEWS, memberRemoved, viewCreated, viewDeleted, viewUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const filter = { all: [{ field: 'stage', op: 'is', value: 'won' }] }
const body = {
  record: 'deal',
  name: 'Won',
  filter,
  order: { sort: 'amountMinor', direction: 'desc' },
  groupBy: 'stage',
  columns: [
    { key: 'stage', width: 120 },
    { key: 'custom.gone', width: null },
  ],
}
const readers = ['crm.deal.read', 'crm.contact.read'] as const
const colleague = ({ organizationId }: Agent, more: readonly 'crm.view.share'[] = []) => crm.signIn({ organizationId, permissions: [...readers, ...more] })

const namesFor = async (who: Agent, record = 'deal') => (await who.get(`/views?record=${record}`)).body.items.map(({ name }: { name: string }) => name)

it('keeps a view as it was saved, and tells each change once; folding its events gives the row', async () => {
  const agent = await crm.signIn()
  const created = (await agent.post('/views', body)).body
  expect(created).toMatchObject({ ...body, isShared: false, ownerId: agent.userId, position: 0, version: 1 })
  const path = `/views/${created.id}`
  expect((await agent.patch(path, { name: 'Won' }, { version: 1 })).body.version).toBe(1)
  const changed = await agent.patch(path, { name: 'Won deals', filter: null, isShared: true, order: null, groupBy: null }, { version: 1 })
  expect(changed.body).toMatchObject({ name: 'Won deals', filter: null, order: null, groupBy: null, isShared: true, version: 2 })
  expect((await agent.patch(path, { name: 'Old' }, { version: 1 })).status).toBe(409)
  const [first] = await crm.emitted(viewCreated, agent.organizationId)
  const changes = (await crm.emitted(viewUpdated, agent.organizationId)).map(({ data }) => data.changes)
  const folded = changes.reduce<Record<string, unknown>>(
    (row, next) => ({ ...row, ...Object.fromEntries(Object.entries(next).map(([part, change]) => [part, change?.to])) }),
    { ...first?.data },
  )
  const { id, createdAt: _created, updatedAt: _updated, version: _version, ...row } = (await agent.get(path)).body
  expect(folded).toEqual({ ...row, viewId: id })
  expect(changes).toHaveLength(1)
  expect((await agent.delete(path)).status).toBe(204)
  expect((await agent.get(path)).status).toBe(404)
  expect(await crm.emitted(viewDeleted, agent.organizationId)).toHaveLength(1)
})

it('shows a personal view to its owner only, a shared one to everybody who may see such records', async () => {
  const owner = await crm.signIn()
  const mate = await colleague(owner)
  const personal = (await owner.post('/views', body)).body
  await owner.post('/views', { ...body, name: 'For all', isShared: true })
  await owner.post('/views', { ...body, record: 'company', name: 'Firms', filter: null, order: null, groupBy: null, isShared: true })
  expect([await namesFor(owner), await namesFor(mate), await namesFor(mate, 'company')]).toEqual([['Won', 'For all'], ['For all'], []])
  for (const answer of [
    await mate.get(`/views/${personal.id}`),
    await mate.patch(`/views/${personal.id}`, { name: 'x' }, { version: 1 }),
    await mate.delete(`/views/${personal.id}`),
  ])
    expect(answer.status).toBe(404)
  expect((await mate.post('/views', { ...body, record: 'company', filter: null, order: null, groupBy: null })).status).toBe(403)
})

it('shares and changes shared ones with the permission only', async () => {
  const owner = await crm.signIn()
  const [mate, sharer] = [await colleague(owner), await colleague(owner, ['crm.view.share'])]
  const { id } = (await owner.post('/views', { ...body, isShared: true })).body
  const own = (await mate.post('/views', body)).body
  for (const answer of [
    await mate.post('/views', { ...body, isShared: true }),
    await mate.patch(`/views/${own.id}`, { isShared: true }, { version: 1 }),
    await mate.patch(`/views/${id}`, { name: 'Mine now' }, { version: 1 }),
    await mate.delete(`/views/${id}`),
  ])
    expect(answer).toMatchObject({ status: 403, body: { code: 'crm.view.sharing_denied' } })
  expect((await sharer.patch(`/views/${id}`, { name: 'Ours', position: 7 }, { version: 1 })).body).toMatchObject({ name: 'Ours', position: 7 })
})

it.each([
  [{ filter: { all: [{ field: 'wings', op: 'is', value: 1 }] } }, '/filter/all/0/field'],
  [{ filter: { all: [{ field: 'stageKind', op: 'is', value: 'dream' }] } }, '/filter/all/0/value'],
  [{ order: { sort: 'lostReason', direction: 'asc' } }, '/order/sort'],
  [{ name: ' ' }, '/name'],
  [{ columns: [{ key: 'stage', width: 2 }] }, '/columns/0/width'],
  [{ groupBy: 'title' }, '/groupBy'],
])('names what is wrong in %j and keeps nothing: %s', async (wrong, place) => {
  const agent = await crm.signIn()
  const answer = await agent.post('/views', { ...body, ...wrong })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: place }] } })
  expect(await namesFor(agent)).toEqual([])
})

it('keeps as many personal ones as the limit says, whoever else has some', async () => {
  const [agent, mate] = [await crm.signIn(), await crm.signIn()]
  await crm.database.asAdmin(`insert into crm.view (organization_id, record, name, is_shared, owner_id, columns, position)
    select '${agent.organizationId}', 'deal', 'View ' || n, false, '${agent.userId}', '[]', n from generate_series(1, ${MAX_PERSONAL_VIEWS}) n`)
  expect(await agent.post('/views', body)).toMatchObject({ status: 409, body: { code: 'crm.view.too_many' } })
  expect((await agent.post('/views', { ...body, isShared: true })).status).toBe(201)
  expect((await mate.post('/views', body)).status).toBe(201)
})

it('answers the id of another organisation like one that never was', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const { id } = (await agent.post('/views', { ...body, isShared: true })).body
  for (const one of [id, crypto.randomUUID()]) {
    const answers = [
      await stranger.get(`/views/${one}`),
      await stranger.patch(`/views/${one}`, { name: 'x' }, { version: 1 }),
      await stranger.delete(`/views/${one}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  }
  expect(await namesFor(stranger)).toEqual([])
})

it('loses personal views with the member whose they were, each with its event, and keeps the shared ones', async () => {
  const agent = await crm.signIn()
  const leaver = await colleague(agent, ['crm.view.share'])
  await leaver.post('/views', body)
  await leaver.post('/views', { ...body, name: 'Stays', isShared: true })
  await crm.deliver(memberRemoved({ userId: leaver.userId, reason: 'left', handedOverTo: agent.userId }), { organizationId: agent.organizationId })
  expect(await namesFor(leaver)).toEqual(['Stays'])
  expect(await crm.emitted(viewDeleted, agent.organizationId)).toHaveLength(1)
})
