import { memberRemoved, taskCompleted, taskCreated, taskDeleted, taskReminded, taskReopened, taskUpdated, type Permission } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const make = async (agent: Agent, fields: object = {}) => (await agent.post('/tasks', { title: 'Call Ada', ...fields })).body
const contact = async (agent: Agent, fields: object = {}) => (await agent.post('/contacts', { name: 'Ada', ...fields })).body
const titles = async (agent: Agent, query = '') => (await agent.get(`/tasks${query}`)).body.items.map(({ title }: { title: string }) => title)
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

it('belongs to whoever makes it unless told, and is told whole', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  const dueAt = inHours(2)
  const task = await make(agent, { contactId: ada.id, dueAt, note: 'About the price' })
  expect(task).toMatchObject({ assigneeId: agent.userId, createdById: agent.userId, contactId: ada.id, aboutName: 'Ada', dueAt, doneAt: null, version: 1 })
  expect((await agent.get(`/tasks/${task.id}`)).body).toEqual(task)
  expect(await crm.emitted(taskCreated, agent.organizationId)).toMatchObject([
    { aggregate: { id: task.id, version: 1 }, data: { title: 'Call Ada', contactId: ada.id, dueAt, remindAt: null, assigneeId: agent.userId } },
  ])
  expect(await make(agent, { assigneeId: null })).toMatchObject({ assigneeId: null, createdById: agent.userId })
})

it('is completed and opened again, each told by an event of its own', async () => {
  const agent = await crm.signIn()
  const { id } = await make(agent)
  const path = `/tasks/${id}`
  const done = await agent.patch(path, { isDone: true, note: 'Did it' }, { version: 1 })
  expect(done.body).toMatchObject({ note: 'Did it', version: 3 })
  expect(done.body.doneAt).not.toBeNull()
  expect([await titles(agent), await titles(agent, '?state=done')]).toEqual([[], ['Call Ada']])
  expect((await agent.patch(path, { isDone: true }, { version: 3 })).body.version).toBe(3)
  expect((await agent.patch(path, { isDone: false }, { version: 3 })).body).toMatchObject({ doneAt: null, version: 4 })
  const about = { contactId: null, companyId: null, dealId: null }
  expect(await crm.emitted(taskUpdated, agent.organizationId)).toMatchObject([{ data: { ...about, changes: { note: { from: null, to: 'Did it' } } } }])
  expect(await crm.emitted(taskCompleted, agent.organizationId)).toMatchObject([{ aggregate: { version: 3 }, data: { title: 'Call Ada', ...about } }])
  expect(await crm.emitted(taskReopened, agent.organizationId)).toMatchObject([{ aggregate: { version: 4 } }])
})

it('is listed by when it is due, those without a time last, page by page', async () => {
  const agent = await crm.signIn()
  for (const [title, dueAt] of [
    ['c', null],
    ['b', inHours(5)],
    ['a', inHours(-5)],
    ['d', null],
  ] as const)
    await make(agent, { title, dueAt })
  expect(await titles(agent)).toEqual(['a', 'b', 'c', 'd'])
  expect(await titles(agent, `?dueBefore=${inHours(0)}`)).toEqual(['a'])
  const seen: string[] = []
  for (let cursor = ''; cursor !== 'end';) {
    const { body } = await agent.get(`/tasks?limit=1${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.items.map(({ title }: { title: string }) => title))
    cursor = body.nextCursor ?? 'end'
  }
  expect(seen).toEqual(['a', 'b', 'c', 'd'])
  const { nextCursor } = (await agent.get('/tasks?limit=1')).body
  expect((await agent.get(`/tasks?limit=1&state=done&cursor=${nextCursor}`)).status).toBe(400)
})

it('is about one record, which whoever makes it must see; another one takes its place', async () => {
  const [agent, stranger] = [await crm.signIn(), await crm.signIn()]
  const [ada, foreign, gone] = [await contact(agent), await contact(stranger), await contact(agent)]
  await agent.delete(`/contacts/${gone.id}`)
  const deal = (await agent.post('/deals', { title: 'Turbines' })).body
  for (const contactId of [foreign.id, gone.id, crypto.randomUUID()])
    expect(await agent.post('/tasks', { title: 'Call', contactId })).toMatchObject({
      status: 422,
      body: { code: 'crm.about.record_unknown', errors: [{ field: '/contactId' }] },
    })
  expect(await agent.post('/tasks', { title: 'Call', contactId: ada.id, dealId: deal.id })).toMatchObject({
    status: 422,
    body: { code: 'crm.about.several_records', errors: [{ field: '/dealId' }] },
  })
  const task = await make(agent, { contactId: ada.id })
  expect((await agent.patch(`/tasks/${task.id}`, { dealId: deal.id }, { version: 1 })).body).toMatchObject({
    contactId: null,
    dealId: deal.id,
    aboutName: 'Turbines',
  })
  expect(await titles(agent, `?dealId=${deal.id}`)).toEqual(['Call Ada'])
  expect(await titles(agent, `?contactId=${ada.id}`)).toEqual([])
})

const permissions: Permission[] = ['crm.contact.read', 'crm.task.read', 'crm.task.create', 'crm.task.update', 'crm.task.delete']

it('is seen by who is to do it, by who made it and by who sees what it is about; nobody else', async () => {
  const owner = await crm.signIn()
  const { organizationId } = owner
  const clerk = await crm.signIn({ organizationId, userId: crypto.randomUUID(), permissions, scopes: { contact: { read: 'own', write: 'own' } } })
  const [hers, others] = [await contact(owner, { ownerId: clerk.userId }), await contact(owner, { name: 'Secret' })]
  await make(owner, { title: 'about hers', contactId: hers.id })
  await make(owner, { title: 'given', assigneeId: clerk.userId, contactId: others.id })
  const hidden = await make(owner, { title: 'about others', contactId: others.id })
  await make(owner, { title: 'about nothing' })
  await make(clerk, { title: 'made', assigneeId: null })
  expect((await titles(clerk)).toSorted()).toEqual(['about hers', 'given', 'made'])
  const { items } = (await clerk.get('/tasks?assignee=mine')).body
  expect(items).toMatchObject([{ title: 'given', aboutName: null }])
  const path = `/tasks/${hidden.id}`
  const answers = [await clerk.get(path), await clerk.patch(path, { isDone: true }, { version: 1 }), await clerk.delete(path)]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(await titles(owner)).toHaveLength(5)
})

it('answers the id of another organisation like one that never was', async () => {
  const [owner, stranger] = [await crm.signIn(), await crm.signIn()]
  const { id } = await make(owner)
  for (const path of [`/tasks/${id}`, `/tasks/${crypto.randomUUID()}`])
    for (const { status } of [await stranger.get(path), await stranger.patch(path, { title: 'x' }, { version: 1 }), await stranger.delete(path)])
      expect(status).toBe(404)
  expect(await titles(stranger)).toEqual([])
})

it('needs the permissions, and a version to change', async () => {
  const owner = await crm.signIn()
  const { id } = await make(owner)
  const viewer = await crm.signIn({ organizationId: owner.organizationId, role: 'viewer' })
  expect((await viewer.get(`/tasks/${id}`)).status).toBe(200)
  expect((await viewer.post('/tasks', { title: 'x' })).status).toBe(403)
  expect((await viewer.patch(`/tasks/${id}`, { isDone: true }, { version: 1 })).status).toBe(403)
  expect((await viewer.delete(`/tasks/${id}`)).status).toBe(403)
  expect((await owner.patch(`/tasks/${id}`, { isDone: true })).status).toBe(428)
  expect((await owner.patch(`/tasks/${id}`, { isDone: true }, { version: 7 })).status).toBe(409)
})

it('is deleted once, however often that is asked', async () => {
  const agent = await crm.signIn()
  const { id } = await make(agent)
  for (let time = 0; time < 2; time++) expect((await agent.delete(`/tasks/${id}`)).status).toBe(204)
  expect((await agent.get(`/tasks/${id}`)).status).toBe(404)
  expect(await crm.emitted(taskDeleted, agent.organizationId)).toMatchObject([{ aggregate: { id, version: 2 }, data: { title: 'Call Ada' } }])
})

it('reminds once at its time, and lists what I was reminded of', async () => {
  const agent = await crm.signIn()
  const colleague = await crm.signIn({ organizationId: agent.organizationId, userId: crypto.randomUUID() })
  const task = await make(agent, { remindAt: inHours(-1), dueAt: inHours(1) })
  await crm.settle()
  expect(await crm.emitted(taskReminded, agent.organizationId)).toMatchObject([
    { aggregate: { type: 'task-reminder' }, data: { taskId: task.id, userId: agent.userId, title: 'Call Ada', dueAt: task.dueAt } },
  ])
  const reminded = (await agent.get(`/tasks/${task.id}`)).body
  expect(reminded).toMatchObject({ version: 1 })
  expect(reminded.remindedAt).not.toBeNull()
  expect((await agent.get('/tasks/reminders')).body.items).toEqual([reminded])
  expect((await colleague.get('/tasks/reminders')).body.items).toEqual([])
  await agent.patch(`/tasks/${task.id}`, { isDone: true }, { version: 1 })
  expect((await agent.get('/tasks/reminders')).body.items).toEqual([])
})

it('reminds neither of what is done or deleted, nor at a time that was changed', async () => {
  const agent = await crm.signIn()
  const [done, deleted, moved] = [
    await make(agent, { remindAt: inHours(1) }),
    await make(agent, { remindAt: inHours(1) }),
    await make(agent, { remindAt: inHours(1) }),
  ]
  await agent.patch(`/tasks/${done.id}`, { isDone: true }, { version: 1 })
  await agent.delete(`/tasks/${deleted.id}`)
  await agent.patch(`/tasks/${moved.id}`, { remindAt: inHours(3) }, { version: 1 })
  await crm.database.asAdmin(`update crm.job set run_at = now() where name = 'crm.remind-of-task' and key in ('${done.id}', '${deleted.id}')`)
  const [{ late } = { late: null }] = await crm.database.asAdmin(`select run_at > now() + interval '2 hours' as late from crm.job where key = '${moved.id}'`)
  expect(late).toBe(true)
  await crm.settle()
  expect(await crm.emitted(taskReminded, agent.organizationId)).toEqual([])
})

it('goes over to the heir of whoever left while it is open', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const [gone, heir] = [crypto.randomUUID(), crypto.randomUUID()]
  await crm.database.asAdmin(`insert into crm.task (organization_id, title, assignee_id, done_at)
    select '${organizationId}', 'Task ' || n, '${gone}', case when n > 110 then now() end from generate_series(1, 120) n`)
  await crm.deliver(memberRemoved({ userId: gone, reason: 'left', handedOverTo: heir }), { organizationId })
  await crm.settle()
  expect(
    await crm.database.asAdmin(`select assignee_id, count(*)::int as count from crm.task where organization_id = '${organizationId}' group by 1 order by 2`),
  ).toEqual([
    { assignee_id: gone, count: 10 },
    { assignee_id: heir, count: 110 },
  ])
  expect(await crm.emitted(taskUpdated, organizationId)).toHaveLength(110)
})

it('stands in the story of what it is about', async () => {
  const agent = await crm.signIn()
  const ada = await contact(agent)
  const task = await make(agent, { contactId: ada.id })
  await agent.patch(`/tasks/${task.id}`, { isDone: true }, { version: 1 })
  await crm.settle()
  const { items } = (await agent.get(`/contacts/${ada.id}/timeline`)).body
  expect(items.map(({ type, excerpt }: { type: string; excerpt: string | null }) => [type, excerpt])).toEqual([
    ['task.completed', 'Call Ada'],
    ['task.created', 'Call Ada'],
    ['contact.created', null],
  ])
})

it('can be folded from its events', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const ada = await contact(agent)
  const task = await make(agent, { dueAt: inHours(1), repeats: { every: 'week' } })
  const path = `/tasks/${task.id}`
  const steps = [
    { title: 'Write', dueAt: null, repeats: null },
    { contactId: ada.id, assigneeId: null },
    { isDone: true, note: 'Sent' },
    { isDone: false, remindAt: inHours(9) },
  ]
  let version = 1
  for (const step of steps) version = (await agent.patch(path, step, { version })).body.version
  const told = [
    ...(await crm.emitted(taskCreated, organizationId)),
    ...(await crm.emitted(taskUpdated, organizationId)),
    ...(await crm.emitted(taskCompleted, organizationId)),
    ...(await crm.emitted(taskReopened, organizationId)),
  ].toSorted((one, other) => one.aggregate.version - other.aggregate.version)
  expect(told.map(({ aggregate }) => aggregate.version)).toEqual([1, 2, 3, 4, 5, 6, 7])
  const row: Record<string, unknown> = {}
  for (const { type, data } of told) {
    if (type === 'task.created') Object.assign(row, data, { isDone: false })
    else if ('changes' in data) for (const [field, change] of Object.entries(data.changes)) row[field] = change?.to
    else row['isDone'] = type === 'task.completed'
  }
  const { title, note, dueAt, remindAt, repeats, assigneeId, contactId, companyId, dealId, doneAt } = (await agent.get(path)).body
  expect(row).toEqual({ taskId: task.id, title, note, dueAt, remindAt, repeats, assigneeId, contactId, companyId, dealId, isDone: doneAt !== null })
})
