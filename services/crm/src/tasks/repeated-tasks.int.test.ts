import { taskCompleted, taskCreated, taskDeleted, taskUpdated, type Task } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString()
const make = async (agent: Agent, fields: object = {}): Promise<Task> =>
  (await agent.post('/tasks', { title: 'Send the report', dueAt: inDays(1), repeats: { every: 'day' }, ...fields })).body
const turn = async (agent: Agent, { id, version }: Task, isDone: boolean): Promise<Task> => (await agent.patch(`/tasks/${id}`, { isDone }, { version })).body
const open = async (agent: Agent): Promise<Task[]> => (await agent.get('/tasks')).body.items

it('makes the next one when it is done, of the same kind, as long ahead of its time reminded, each told of', async () => {
  const agent = await crm.signIn()
  const { body: ada } = await agent.post('/contacts', { name: 'Ada' })
  const task = await make(agent, { note: 'By mail', contactId: ada.id, remindAt: inDays(0.5) })
  expect(task).toMatchObject({ repeats: { every: 'day', zone: 'UTC', day: null }, followedById: null })
  const done = await turn(agent, task, true)
  const [next, ...others] = await open(agent)
  expect(others).toEqual([])
  expect(done).toMatchObject({ followedById: next?.id })
  const { title, note, contactId, assigneeId, repeats } = task
  expect(next).toMatchObject({ title, note, contactId, assigneeId, repeats, createdById: agent.userId, version: 1, doneAt: null })
  expect(Date.parse(next?.dueAt ?? '') - Date.parse(task.dueAt ?? '')).toBe(DAY_MS)
  expect(Date.parse(next?.remindAt ?? '') - Date.parse(task.remindAt ?? '')).toBe(DAY_MS)
  expect(await crm.emitted(taskCompleted, agent.organizationId)).toMatchObject([{ data: { taskId: task.id, followedById: next?.id } }])
  expect((await crm.emitted(taskCreated, agent.organizationId)).map(({ data }) => [data.taskId, data.repeats])).toEqual([
    [task.id, repeats],
    [next?.id, repeats],
  ])
})

it('makes it once: opened again, the next one goes; and stays, alone, where somebody has changed it', async () => {
  const agent = await crm.signIn()
  let task = await turn(agent, await make(agent), true)
  const first = task.followedById
  task = await turn(agent, task, false)
  expect(task.followedById).toBeNull()
  expect((await open(agent)).map(({ id }) => id)).toEqual([task.id])
  expect((await crm.emitted(taskDeleted, agent.organizationId)).map(({ data }) => data.taskId)).toEqual([first])

  task = await turn(agent, task, true)
  const next = task.followedById
  await agent.patch(`/tasks/${next}`, { note: 'Mine' }, { version: 1 })
  task = await turn(agent, task, false)
  expect(task.followedById).toBe(next)
  task = await turn(agent, task, true)
  expect(task.followedById).toBe(next)
  expect((await open(agent)).map(({ id }) => id)).toEqual([next])
})

it('makes one of two that complete it at once', async () => {
  const agent = await crm.signIn()
  const task = await make(agent)
  const answers = await Promise.all([1, 2, 3].map(() => agent.patch(`/tasks/${task.id}`, { isDone: true }, { version: 1 })))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  expect(await open(agent)).toHaveLength(1)
})

it('comes again only while it is due at some time, and of the day of the month on which it is due', async () => {
  const agent = await crm.signIn()
  const refused = { status: 422, body: { code: 'crm.task.repeat_without_due', errors: [{ field: '/repeats' }] } }
  expect(await agent.post('/tasks', { title: 'Some time', repeats: { every: 'week' } })).toMatchObject(refused)
  expect(await agent.post('/tasks', { title: 'Where?', dueAt: inDays(1), repeats: { every: 'week', zone: 'Atlantis' } })).toMatchObject({ status: 400 })
  const task = await make(agent, { dueAt: '2030-01-31T09:00:00.000Z', repeats: { every: 'month', zone: 'Europe/Moscow' } })
  expect(task.repeats).toEqual({ every: 'month', zone: 'Europe/Moscow', day: 31 })
  const path = `/tasks/${task.id}`
  expect(await agent.patch(path, { dueAt: null }, { version: 1 })).toMatchObject(refused)
  const moved = (await agent.patch(path, { dueAt: '2030-01-15T22:00:00.000Z' }, { version: 1 })).body
  expect(moved.repeats.day).toBe(16)
  expect(await crm.emitted(taskUpdated, agent.organizationId)).toMatchObject([{ data: { changes: { repeats: { from: { day: 31 }, to: { day: 16 } } } } }])
  const same = { title: 'Renamed', dueAt: moved.dueAt, repeats: { every: 'month', zone: 'Europe/Moscow' } }
  await crm.database.asAdmin(`update crm.task set repeats = jsonb_set(repeats, '{day}', '31') where id = '${task.id}'`)
  expect((await agent.patch(path, same, { version: 2 })).body).toMatchObject({ version: 3, repeats: { day: 31 } })
  const ended = (await agent.patch(path, { dueAt: null, repeats: null }, { version: 3 })).body
  expect(ended).toMatchObject({ dueAt: null, repeats: null })
  expect((await turn(agent, ended, true)).followedById).toBeNull()
  expect(await open(agent)).toEqual([])
})
