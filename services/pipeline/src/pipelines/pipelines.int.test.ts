import { FIRST_STAGES, pipelineArchived, pipelineCreated, pipelineUpdated, organizationCreated, type Pipeline } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const pipeline = await startService(service)

const renewals = {
  name: 'Renewals',
  stages: [{ name: 'Due', rottingDays: 14 }, { name: 'Talking' }, { name: 'Renewed', kind: 'won' }, { name: 'Left', kind: 'lost' }],
  lostReasons: ['Price', 'Moved'],
}
const first = async (agent: { get: (path: string) => Promise<{ body: { items: Pipeline[] } }> }): Promise<Pipeline> => {
  const [found] = (await agent.get('/pipelines')).body.items
  if (!found) throw new Error('There is no pipeline.')
  return found
}

it('gives every organisation a pipeline of its own that nobody has to make, once, whoever asks', async () => {
  const [ours, theirs] = [await pipeline.signIn({ role: 'viewer' }), await pipeline.signIn()]
  const answers = await Promise.all([ours.get('/pipelines'), ours.get('/pipelines'), theirs.get('/pipelines')])
  const [one, same, other] = answers.map(({ body }) => body.items)
  expect(one).toMatchObject([{ name: 'Sales', position: 0, stages: FIRST_STAGES, lostReasons: [], version: 1 }])
  expect(same).toEqual(one)
  expect(other[0].id).not.toBe(one[0].id)
  expect(await pipeline.emitted(pipelineCreated, ours.organizationId)).toMatchObject([{ data: { pipelineId: one[0].id, stages: FIRST_STAGES } }])
  const [derived] = await pipeline.database.asAdmin(`select platform.derived_id('pipeline.first', '${ours.organizationId}') as id`)
  expect(derived).toEqual({ id: one[0].id })
})

it('gives it to an organisation when that is founded', async () => {
  const organizationId = crypto.randomUUID()
  const founded = organizationCreated({ organizationId, name: 'Acme', slug: 'acme', locale: 'en' })
  await pipeline.deliver(founded, { organizationId })
  await pipeline.deliver(founded, { organizationId })
  expect(await pipeline.emitted(pipelineCreated, organizationId)).toHaveLength(1)
})

it('creates a pipeline as the last one, and says so once', async () => {
  const agent = await pipeline.signIn({ role: 'manager' })
  const { status, body } = await agent.post('/pipelines', renewals)
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Renewals', position: 1, lostReasons: ['Price', 'Moved'], version: 1 })
  expect((await agent.get(`/pipelines/${body.id}`)).body).toEqual(body)
  expect((await agent.get('/pipelines')).body.items.map(({ name }: Pipeline) => name)).toEqual(['Sales', 'Renewals'])
  expect((await pipeline.emitted(pipelineCreated, agent.organizationId)).at(-1)?.data).toEqual({
    pipelineId: body.id,
    name: body.name,
    position: 1,
    lostReasons: body.lostReasons,
    stages: body.stages,
    handOver: { ownerId: null, tasks: [] },
  })
})

it('keeps names apart and thirty pipelines at most, also when they come at once', async () => {
  const agent = await pipeline.signIn()
  const twice = await Promise.all([agent.post('/pipelines', renewals), agent.post('/pipelines', { ...renewals, name: 'RENEWALS' })])
  expect(twice.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const many = await Promise.all(Array.from({ length: 30 }, (_, index) => agent.post('/pipelines', { ...renewals, name: `No ${index}` })))
  expect(many.filter(({ status }) => status === 201)).toHaveLength(28)
  expect(many.find(({ status }) => status === 409)?.body.code).toBe('pipeline.pipeline.too_many')
})

it('changes what is given, by version, and says what changed', async () => {
  const agent = await pipeline.signIn()
  const { id } = await first(agent)
  const path = `/pipelines/${id}`
  const changed = await agent.patch(path, { name: 'New business', lostReasons: ['Price'] }, { version: 1 })
  expect(changed.body).toMatchObject({ name: 'New business', lostReasons: ['Price'], stages: FIRST_STAGES, version: 2 })
  expect((await agent.get(path)).body).toEqual(changed.body)
  expect((await agent.patch(path, { name: 'Late' }, { version: 1 })).status).toBe(409)
  expect((await agent.patch(path, { name: 'New business' }, { version: 2 })).body.version).toBe(2)
  expect(await pipeline.emitted(pipelineUpdated, agent.organizationId)).toMatchObject([
    { data: { changes: { name: { from: 'Sales', to: 'New business' }, lostReasons: { from: [], to: ['Price'] } }, retired: [] } },
  ])
})

it('takes stages away only with a word on where their deals go, and never gives their ids again', async () => {
  const agent = await pipeline.signIn()
  const { id } = await first(agent)
  const path = `/pipelines/${id}`
  const stages = FIRST_STAGES.filter((stage) => stage.id !== 'proposal')
  const silent = await agent.patch(path, { stages }, { version: 1 })
  expect([silent.status, silent.body.errors[0].field]).toEqual([422, '/moves'])
  const changed = await agent.patch(path, { stages, moves: [{ stageId: 'proposal', into: 'qualified' }] }, { version: 1 })
  expect(changed.body).toMatchObject({ stages, version: 2 })
  expect((await pipeline.emitted(pipelineUpdated, agent.organizationId)).at(-1)?.data).toMatchObject({
    changes: { stages: { from: FIRST_STAGES, to: stages } },
    retired: [{ stageId: 'proposal', into: 'qualified' }],
  })
  const back = await agent.patch(path, { stages: FIRST_STAGES }, { version: 2 })
  expect([back.status, back.body.errors[0].field]).toEqual([422, '/stages/2/id'])
  expect((await first(agent)).version).toBe(2)
})

it('gives a pipeline its place among the others', async () => {
  const agent = await pipeline.signIn()
  await first(agent)
  const { body } = await agent.post('/pipelines', renewals)
  const moved = await agent.patch(`/pipelines/${body.id}`, { position: 0 }, { version: 1 })
  expect(moved.body.position).toBe(0)
  expect((await agent.get('/pipelines')).body.items.map(({ name, position }: Pipeline) => [name, position])).toEqual([
    ['Renewals', 0],
    ['Sales', 1],
  ])
  expect(await pipeline.emitted(pipelineUpdated, agent.organizationId)).toHaveLength(2)
})

it('archives a pipeline when every stage has somewhere to go, but not the last one', async () => {
  const agent = await pipeline.signIn()
  const { id } = await first(agent)
  const archive = `/pipelines/${id}/archive`
  expect((await agent.post(archive, { moves: [] }, { 'if-match': '"1"' })).body.code).toBe('pipeline.pipeline.last')
  const { body } = await agent.post('/pipelines', renewals)
  const target = (kind: string) => body.stages.find((stage: { kind: string }) => stage.kind === kind).id
  const moves = FIRST_STAGES.map((stage) => ({ stageId: stage.id, into: target(stage.kind) }))
  expect((await agent.post(archive, { moves: moves.slice(1) }, { 'if-match': '"1"' })).body.errors).toMatchObject([{ field: '/moves' }])
  expect((await agent.post(archive, { moves }, { 'if-match': '"2"' })).status).toBe(409)
  expect((await agent.post(archive, { moves }, { 'if-match': '"1"' })).status).toBe(204)
  expect((await agent.get('/pipelines')).body.items).toEqual([body])
  expect((await agent.get(`/pipelines/${id}`)).status).toBe(404)
  expect(await pipeline.emitted(pipelineArchived, agent.organizationId)).toMatchObject([{ data: { pipelineId: id, retired: moves } }])
  expect((await agent.post('/pipelines', { ...renewals, name: 'Sales' })).status).toBe(201)
})

it('is not there for another organisation, nor are its stages', async () => {
  const [ours, theirs] = [await pipeline.signIn(), await pipeline.signIn()]
  const { body } = await ours.post('/pipelines', renewals)
  const path = `/pipelines/${body.id}`
  const answers = await Promise.all([
    theirs.get(path),
    theirs.patch(path, { name: 'Mine' }, { version: 1 }),
    theirs.post(`${path}/archive`, { moves: [] }, { 'if-match': '"1"' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  const own = await first(theirs)
  const stages = FIRST_STAGES.filter((stage) => stage.id !== 'new')
  const into = await theirs.patch(`/pipelines/${own.id}`, { stages, moves: [{ stageId: 'new', into: body.stages[0].id }] }, { version: 1 })
  expect([into.status, into.body.errors[0].field]).toEqual([422, '/moves/0/into'])
})

it('needs the permissions: a member sees pipelines and changes none', async () => {
  const member = await pipeline.signIn({ role: 'member' })
  const { id } = await first(member)
  const answers = await Promise.all([
    member.post('/pipelines', renewals),
    member.patch(`/pipelines/${id}`, { name: 'Mine' }, { version: 1 }),
    member.post(`/pipelines/${id}/archive`, { moves: [] }, { 'if-match': '"1"' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
})
