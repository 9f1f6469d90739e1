import { crmSagaAnswered, dealUpdated, memberJoined, memberRemoved, pipelineSagaRequested, taskCreated, type HandOverPlan } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const crm = await startService(service)

const GIVE = 'crm.give-deal'
const MAKE = 'crm.make-hand-over-tasks'

async function withMembers() {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const join = async (userId: string = crypto.randomUUID()) => {
    const person = { name: 'Mary', email: `${userId}@example.org`, role: 'member' as const, invitationId: null }
    await crm.deliver(memberJoined({ userId, ...person }), { organizationId })
    return userId
  }
  await join(agent.userId)
  const manager = await join()
  const leave = (userId: string) => crm.deliver(memberRemoved({ userId, reason: 'left', handedOverTo: null }), { organizationId })
  return { agent, manager, join, leave }
}

/** What pipelines ask for one hand-over of a deal. */
async function handOverOf(agent: Agent, plan: HandOverPlan, dealId: string) {
  const { organizationId } = agent
  const sagaId = crypto.randomUUID()
  const ask = async (step: string, action: 'do' | 'undo' = 'do') => {
    await crm.deliver(pipelineSagaRequested({ sagaId, step, action, input: { ...plan, handOverId: sagaId, dealId } }), { organizationId })
    const { outcome, reason } = (await crm.emitted(crmSagaAnswered, organizationId)).map(({ data }) => data).findLast((data) => data.sagaId === sagaId) ?? {}
    return reason ?? outcome
  }
  return ask
}
const won = async (agent: Agent) => (await agent.post('/deals', { title: 'Turbines', stage: 'won' })).body
const tasksOf = async (agent: Agent, dealId: string) => (await agent.get(`/tasks?dealId=${dealId}`)).body.items
const deal = async (agent: Agent, id: string) => (await agent.get(`/deals/${id}`)).body
const task = (title: string, assigneeId: string | null = null) => ({ title, dueInDays: 3, assigneeId })

it('gives the deal away and makes what is to be done, once however often it is asked, with the events of both', async () => {
  const { agent, manager } = await withMembers()
  const { id } = await won(agent)
  const ask = await handOverOf(agent, { ownerId: manager, tasks: [task('Invoice'), task('Call', agent.userId)] }, id)
  for (const step of [GIVE, GIVE, MAKE, MAKE]) expect(await ask(step)).toBe('done')
  expect(await deal(agent, id)).toMatchObject({ ownerId: manager, version: 2 })
  const tasks = await tasksOf(agent, id)
  expect(tasks.map(({ title, assigneeId }: { title: string; assigneeId: string }) => [title, assigneeId]).toSorted()).toEqual([
    ['Call', agent.userId],
    ['Invoice', manager],
  ])
  expect(await crm.emitted(dealUpdated, agent.organizationId)).toMatchObject([{ data: { changes: { ownerId: { from: agent.userId, to: manager } } } }])
  expect(await crm.emitted(taskCreated, agent.organizationId)).toHaveLength(2)
})

it('takes both back: tasks that nobody has done are gone, the deal is whose it was', async () => {
  const { agent, manager } = await withMembers()
  const { id } = await won(agent)
  const ask = await handOverOf(agent, { ownerId: manager, tasks: [task('Invoice'), task('Call')] }, id)
  await ask(GIVE)
  await ask(MAKE)
  const done = (await tasksOf(agent, id)).find(({ title }: { title: string }) => title === 'Call')
  await agent.patch(`/tasks/${done.id}`, { isDone: true }, { version: 1 })
  for (const step of [MAKE, MAKE, GIVE, GIVE]) expect(await ask(step, 'undo')).toBe('undone')
  expect(await deal(agent, id)).toMatchObject({ ownerId: agent.userId, version: 3 })
  expect(await tasksOf(agent, id)).toEqual([])
  expect((await agent.get(`/tasks/${done.id}`)).body).toMatchObject({ title: 'Call' })
  expect(await ask(GIVE)).toBe('It was undone before.')
})

it('leaves alone what somebody has given to another one since, and gives nothing back to whoever has left', async () => {
  const { agent, manager, join, leave } = await withMembers()
  const [first, second, other] = [await won(agent), await won(agent), await join()]
  const [ask, askSecond] = [
    await handOverOf(agent, { ownerId: manager, tasks: [] }, first.id),
    await handOverOf(agent, { ownerId: manager, tasks: [] }, second.id),
  ]
  await ask(GIVE)
  await askSecond(GIVE)
  await agent.patch(`/deals/${first.id}`, { ownerId: other }, { version: 2 })
  await leave(agent.userId)
  await ask(GIVE, 'undo')
  await askSecond(GIVE, 'undo')
  expect([(await deal(agent, first.id)).ownerId, (await deal(agent, second.id)).ownerId]).toEqual([other, null])
})

it('refuses with the reason, having changed nothing', async () => {
  const { agent, manager, leave } = await withMembers()
  const { id } = await won(agent)
  const left = await handOverOf(agent, { ownerId: manager, tasks: [task('Invoice', manager)] }, id)
  await leave(manager)
  expect(await left(GIVE)).toBe('owner-left')
  const ownTask = await handOverOf(agent, { ownerId: null, tasks: [task('Invoice', manager)] }, id)
  expect([await ownTask(GIVE), await ownTask(MAKE)]).toEqual(['done', 'assignee-left'])
  await agent.post(`/deals/${id}/move`, { from: 'won', stage: 'new' })
  expect(await (await handOverOf(agent, { ownerId: null, tasks: [] }, id))(GIVE)).toBe('deal-reopened')
  await agent.delete(`/deals/${id}`)
  expect(await (await handOverOf(agent, { ownerId: null, tasks: [] }, id))(GIVE)).toBe('deal-gone')
  expect(await tasksOf(agent, id)).toEqual([])
  const stranger = await crm.signIn()
  expect(await (await handOverOf(stranger, { ownerId: null, tasks: [] }, (await won(agent)).id))(GIVE)).toBe('deal-gone')
})

it('makes no second task of what is still open from the last time', async () => {
  const { agent } = await withMembers()
  const { id } = await won(agent)
  for (let time = 0; time < 2; time++) {
    const ask = await handOverOf(agent, { ownerId: null, tasks: [task('Invoice')] }, id)
    await ask(GIVE)
    await ask(MAKE)
  }
  expect(await tasksOf(agent, id)).toHaveLength(1)
})
