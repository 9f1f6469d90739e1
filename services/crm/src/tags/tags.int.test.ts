import { companyUpdated, contactCreated, contactUpdated, dealUpdated, type Permission, tagCreated, tagDeleted, tagUpdated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const tag = async (agent: Agent, name: string) => (await agent.post('/tags', { name })).body
const namesOf = async (agent: Agent) => (await agent.get('/tags')).body.items.map(({ name }: { name: string }) => name)
const RECORDS = [
  ['/contacts', { name: 'Ada' }],
  ['/companies', { name: 'Acme' }],
  ['/deals', { title: 'Turbines' }],
] as const
const kept = async (organizationId: string) =>
  (await crm.database.asAdmin(`select tag_id, record_id from crm.record_tag where organization_id = '${organizationId}' order by 1, 2`)).map(
    (row) => `${row['tag_id']} ${row['record_id']}`,
  )

it('is created, renamed, recoloured and deleted, each told once', async () => {
  const agent = await crm.signIn()
  const { status, body } = await agent.post('/tags', { name: ' VIP ', color: 'purple' })
  expect([status, body]).toMatchObject([201, { name: 'VIP', color: 'purple', version: 1 }])
  const changed = await agent.patch(`/tags/${body.id}`, { name: 'Vip', color: 'teal' }, { version: 1 })
  expect(changed.body).toMatchObject({ name: 'Vip', color: 'teal', version: 2 })
  expect((await agent.patch(`/tags/${body.id}`, { name: 'Vip' }, { version: 2 })).body).toEqual(changed.body)
  expect(await agent.patch(`/tags/${body.id}`, { name: 'x' }, { version: 1 })).toMatchObject({ status: 409, body: { code: 'platform.version_conflict' } })
  for (let times = 0; times < 2; times += 1) expect((await agent.delete(`/tags/${body.id}`)).status).toBe(204)
  expect(await namesOf(agent)).toEqual([])
  expect((await agent.patch(`/tags/${body.id}`, { name: 'x' }, { version: 3 })).status).toBe(404)
  const told = [...(await crm.emitted(tagCreated, agent.organizationId)), ...(await crm.emitted(tagUpdated, agent.organizationId))]
  expect([...told, ...(await crm.emitted(tagDeleted, agent.organizationId))].map(({ data, aggregate }) => [aggregate.version, data])).toEqual([
    [1, { tagId: body.id, name: 'VIP', color: 'purple' }],
    [2, { tagId: body.id, changes: { name: { from: 'VIP', to: 'Vip' }, color: { from: 'purple', to: 'teal' } } }],
    [3, { tagId: body.id, mergedInto: null }],
  ])
})

it('has one living tag of a name, however it is written, also where ten come at once', async () => {
  const agent = await crm.signIn()
  const made = await Promise.all(Array.from({ length: 10 }, (_, nth) => agent.post('/tags', { name: nth % 2 ? 'Опт' : 'ОПТ' })))
  expect(made.map(({ status }) => status).toSorted()).toEqual([201, ...Array<number>(9).fill(409)])
  const other = await tag(agent, 'other')
  expect(await agent.patch(`/tags/${other.id}`, { name: 'опт' }, { version: 1 })).toMatchObject({
    status: 409,
    body: { code: 'crm.tag.name_taken', errors: [{ field: '/name' }] },
  })
  await agent.delete(`/tags/${other.id}`)
  expect((await agent.post('/tags', { name: 'Other' })).status).toBe(201)
})

it.each(RECORDS)('marks %s, keeps their order, tells the change, and finds them by it', async (path, body) => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const [vip, late, foreign, gone] = [await tag(agent, 'VIP'), await tag(agent, 'Late'), await tag(stranger, 'VIP'), await tag(agent, 'Gone')]
  await agent.delete(`/tags/${gone.id}`)
  const made = (await agent.post(path, { ...body, tagIds: [late.id, vip.id, late.id] })).body
  expect(made.tagIds).toEqual([late.id, vip.id])
  expect(await kept(agent.organizationId)).toEqual([vip.id, late.id].map((id) => `${id} ${made.id}`).toSorted())
  for (const id of [foreign.id, gone.id, crypto.randomUUID()]) {
    expect(await agent.patch(`${path}/${made.id}`, { tagIds: [vip.id, id] }, { version: 1 })).toMatchObject({
      status: 422,
      body: { code: 'crm.tag.unknown', errors: [{ field: '/tagIds/1' }] },
    })
    expect((await agent.post(path, { ...body, tagIds: [id] })).status).toBe(422)
  }
  const changed = (await agent.patch(`${path}/${made.id}`, { tagIds: [vip.id] }, { version: 1 })).body
  expect(changed).toMatchObject({ tagIds: [vip.id], version: 2 })
  expect((await agent.patch(`${path}/${made.id}`, { tagIds: [vip.id] }, { version: 2 })).body).toEqual(changed)
  const told = (await Promise.all([contactUpdated, companyUpdated, dealUpdated].map((event) => crm.emitted<typeof event>(event, agent.organizationId)))).flat()
  expect(told.map(({ data }) => data.changes)).toEqual([{ tagIds: { from: [late.id, vip.id], to: [vip.id] } }])
  await agent.delete(`${path}/${made.id}`)
  expect(await kept(agent.organizationId)).toEqual([])
})

it('leaves records when it is deleted, and gives them the one that it is merged into, each with its event, however many there are', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const [vip, key, best] = [await tag(agent, 'VIP'), await tag(agent, 'Key'), await tag(agent, 'Best')]
  const insert = `insert into crm.contact (organization_id, name, source, tag_ids) select '${organizationId}', 'Person ' || n, 'manual',`
  await crm.database.asAdmin(`${insert} array['${key.id}', '${vip.id}']::uuid[] from generate_series(1, 130) n; ${insert} array['${vip.id}']::uuid[] from generate_series(1, 3) n`)
  const deal = (await agent.post('/deals', { title: 'Turbines', tagIds: [vip.id] })).body
  expect((await agent.get('/tags?counts=true')).body.items.map(({ name, recordCount }: { name: string; recordCount: number }) => [name, recordCount])).toEqual([
    ['Best', 0],
    ['Key', 130],
    ['VIP', 134],
  ])
  // Merged into one that is merged before the job has run.
  const merged = await agent.post(`/tags/${vip.id}/merge`, { intoId: key.id })
  expect([merged.status, merged.body.name]).toEqual([200, 'Key'])
  await agent.post(`/tags/${key.id}/merge`, { intoId: best.id })
  await crm.settle()
  const rows = await crm.database.asAdmin(`select distinct tag_ids from crm.contact where organization_id = '${organizationId}'`)
  expect(rows).toEqual([{ tag_ids: [best.id] }])
  expect((await agent.get(`/deals/${deal.id}`)).body).toMatchObject({ tagIds: [best.id] })
  const told = await crm.emitted(contactUpdated, organizationId)
  expect(new Set(told.map(({ data }) => data.contactId)).size).toBe(133)

  await agent.delete(`/tags/${best.id}`)
  await crm.settle()
  expect(await kept(organizationId)).toEqual([])
  expect((await agent.get(`/deals/${deal.id}`)).body.tagIds).toEqual([])
})

it('merges into a living tag of the same organisation only, and never into itself', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const [vip, gone, foreign] = [await tag(agent, 'VIP'), await tag(agent, 'Gone'), await tag(stranger, 'VIP')]
  await agent.delete(`/tags/${gone.id}`)
  for (const intoId of [vip.id, gone.id, foreign.id, crypto.randomUUID()])
    expect(await agent.post(`/tags/${vip.id}/merge`, { intoId })).toMatchObject({ status: 422, body: { errors: [{ field: '/intoId' }] } })
  expect(await namesOf(agent)).toEqual(['VIP'])
})

it('is no tag of another organisation, whatever is asked', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const { id } = await tag(agent, 'VIP')
  const own = await tag(stranger, 'Own')
  const ask = async (tagId: string) =>
    Promise.all([
      stranger.patch(`/tags/${tagId}`, { name: 'x' }, { version: 1 }),
      stranger.delete(`/tags/${tagId}`),
      stranger.post(`/tags/${tagId}/merge`, { intoId: own.id }),
    ])
  const shape = (answers: Awaited<ReturnType<typeof ask>>) => answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
  expect(shape(await ask(id))).toEqual(shape(await ask(crypto.randomUUID())))
  expect((await ask(id)).map(({ status }) => status)).toEqual([404, 404, 404])
  expect(await namesOf(stranger)).toEqual(['Own'])
  expect(await namesOf(agent)).toEqual(['VIP'])
})

it('needs the permission: seeing records for the names, changing one to mark it, a permission of its own for the rest', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const { id } = await tag(owner, 'VIP')
  const permissions: Permission[] = ['crm.contact.read', 'crm.contact.create', 'crm.contact.update']
  const clerk = await crm.signIn({ organizationId, permissions })
  const blind = await crm.signIn({ organizationId, permissions: ['messaging.conversation.read'] })
  expect([await namesOf(clerk), await namesOf(blind)]).toEqual([['VIP'], []])
  const made = await clerk.post('/contacts', { name: 'Ada', tagIds: [id] })
  expect((await crm.emitted(contactCreated, organizationId))[0]?.data.tagIds).toEqual([id])
  expect((await clerk.patch(`/contacts/${made.body.id}`, { tagIds: [] }, { version: 1 })).status).toBe(200)
  const viewer = await crm.signIn({ organizationId, role: 'viewer' })
  for (const who of [clerk, viewer])
    for (const answer of [
      await who.post('/tags', { name: 'Mine' }),
      await who.patch(`/tags/${id}`, { name: 'x' }, { version: 1 }),
      await who.post(`/tags/${id}/merge`, { intoId: id }),
      await who.delete(`/tags/${id}`),
    ])
      expect(answer.status).toBe(403)
  expect((await crm.signIn({ organizationId, role: 'member' }).then((member) => member.post('/tags', { name: 'Mine' }))).status).toBe(201)
})

it.each([
  [{ name: '' }, '/name'],
  [{ name: 'x'.repeat(61) }, '/name'],
  [{ name: 'x', color: 'mauve' }, '/color'],
  [{ name: 'x', unknown: 1 }, '/unknown'],
])('names the wrong field of %j', async (body, field) => {
  const agent = await crm.signIn()
  expect(await agent.post('/tags', body)).toMatchObject({ status: 400, body: { errors: [{ field }] } })
  expect(await namesOf(agent)).toEqual([])
})

it('keeps no more than fifty on a record', async () => {
  const agent = await crm.signIn()
  const tagIds = Array.from({ length: 51 }, () => crypto.randomUUID())
  expect(await agent.post('/contacts', { name: 'Ada', tagIds })).toMatchObject({ status: 400, body: { errors: [{ field: '/tagIds' }] } })
})
