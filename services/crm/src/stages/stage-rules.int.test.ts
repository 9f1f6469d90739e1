import { FIRST_STAGES, pipelineCreated, taskCreated } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { made, over, tellRules } from './rule-fixture.ts'
import { readStages } from './stage.ts'

const crm = await startService(service)

it('knows the stages that everybody begins with before it has heard of a pipeline, exactly as the contracts say', async () => {
  const { organizationId } = await crm.signIn()
  const stages = [...(await readStages((crm.ctx(organizationId) as Ctx).db)).values()]
  expect(stages).toEqual(
    FIRST_STAGES.map(({ id, name, kind, rules }, position) => expect.objectContaining({ id, name, kind, rules, position, retiredInto: null })),
  )
  await made(await crm.signIn({ organizationId }), { title: 'A' })
  const kept = await crm.database.asAdmin(`select id, probability, color, version from crm.stage where organization_id = '${organizationId}' order by position`)
  expect(kept).toEqual(FIRST_STAGES.map(({ id, probability, color }) => ({ id, probability, color, version: 0 })))
})

it('keeps the stages that everybody begins with where it hears of another pipeline first', async () => {
  const agent = await crm.signIn()
  const [open, won, lost] = ['open', 'won', 'lost'].map((kind) => ({ ...FIRST_STAGES.find((stage) => stage.kind === kind), id: crypto.randomUUID() }))
  const stages = z.array(z.custom<(typeof FIRST_STAGES)[number]>()).parse([open, won, lost])
  const told = pipelineCreated({ pipelineId: crypto.randomUUID(), name: 'Renewals', position: 1, lostReasons: [], stages })
  await crm.deliver(told, { organizationId: agent.organizationId })
  const deal = await made(agent, { title: 'A' })
  expect([deal.stage, (await made(agent, { title: 'B', stage: open?.id })).stageKind]).toEqual(['new', 'open'])
  expect((await agent.patch(`/deals/${deal.id}`, { stage: 'won' }, { version: 1 })).body).toMatchObject({ stage: 'won', stageKind: 'won' })
})

const REFUSED = 'crm.deal.move_refused'

it('says each obstacle with its field, and takes what was missing with the move', async () => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines' })
  await tellRules(crm, agent.organizationId, { won: { requiredFields: ['amountMinor', 'companyId'] } })
  const answer = await agent.post(`/deals/${deal.id}/move`, { from: 'new', stage: 'won' })
  expect(answer).toMatchObject({
    status: 422,
    body: {
      code: REFUSED,
      errors: [{ field: '/amountMinor' }, { field: '/companyId' }],
      context: { obstacles: [{ rule: 'required-field', field: 'amountMinor' }, {}] },
    },
  })
  const brought = {
    from: 'new',
    stage: 'won',
    fields: { amountMinor: 5, currency: 'EUR', companyId: (await agent.post('/companies', { name: 'Acme' })).body.id },
  }
  expect((await agent.post(`/deals/${deal.id}/move`, brought)).body).toMatchObject({ stage: 'won', stageKind: 'won', amountMinor: 5, version: 3 })
})

it('undoes a move only as the rules let the deal back', async () => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines' })
  const done = await over(agent, '/record-operations', { record: 'deal', selection: { ids: [deal.id] }, action: { do: 'change', set: { stage: 'proposal' } } })
  await tellRules(crm, agent.organizationId, { new: { enteredFrom: [] } })
  expect(await over(agent, `/record-operations/${done.id}/undo`)).toMatchObject({ changed: 0, reasons: [{ code: REFUSED }] })
  await tellRules(crm, agent.organizationId, {}, 2)
  await agent.post(`/deals/${deal.id}/move`, { from: 'proposal', stage: 'won' })
})

it('is exact about its limit, however many come at once', async () => {
  const agent = await crm.signIn()
  const deals = []
  for (let nth = 0; nth < 12; nth++) deals.push(await made(agent, { title: `Deal ${nth}` }))
  await tellRules(crm, agent.organizationId, { proposal: { wipLimit: 5 } })
  const answers = await Promise.all(deals.map(({ id }) => agent.post(`/deals/${id}/move`, { from: 'new', stage: 'proposal' })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(7)
})

it('gives a deal what is to be done in a stage, once, and lets it on when that is done', async () => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines' })
  await tellRules(crm, agent.organizationId, { qualified: { tasks: [{ title: 'Call', dueInDays: 2 }] } })
  const move = (from: string, stage: string) => agent.post(`/deals/${deal.id}/move`, { from, stage })
  await move('new', 'qualified')
  const tasks = async () => (await agent.get(`/tasks?dealId=${deal.id}`)).body.items
  const [task] = await tasks()
  expect(task).toMatchObject({ title: 'Call', assigneeId: agent.userId, dealId: deal.id })
  expect(await crm.emitted(taskCreated, agent.organizationId)).toMatchObject([{ data: { taskId: task.id, stage: 'qualified' } }])
  expect(await move('qualified', 'proposal')).toMatchObject({ status: 422, body: { context: { obstacles: [{ rule: 'open-task', detail: 'Call' }] } } })
  await move('qualified', 'new')
  await move('new', 'qualified')
  expect(await tasks()).toHaveLength(1)
  await agent.patch(`/tasks/${task.id}`, { isDone: true }, { version: task.version })
  expect((await move('qualified', 'won')).status).toBe(200)
})

it('says of tasks that came with a move of many who has made them', async () => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines', ownerId: null })
  await tellRules(crm, agent.organizationId, { qualified: { tasks: [{ title: 'Call', dueInDays: null }] } })
  await over(agent, '/record-operations', { record: 'deal', selection: { ids: [deal.id] }, action: { do: 'change', set: { stage: 'qualified' } } })
  const tasks = await crm.database.asAdmin(`select title, created_by_id as maker from crm.task where deal_id = '${deal.id}'`)
  expect(tasks).toEqual([{ title: 'Call', maker: agent.userId }])
})

it('holds the stage that a deal comes back to, as that of one that moves', async () => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines' })
  await agent.delete(`/deals/${deal.id}`)
  const free = () =>
    crm.database.asAdmin(`select id from crm.stage where organization_id = '${agent.organizationId}' and id = 'new' for no key update skip locked`)
  expect(await free()).toHaveLength(1)
  await (crm.ctx(agent.organizationId) as Ctx).write(async ({ db }) => {
    await db.updateTable('deal').set({ deletedAt: null }).where('id', '=', deal.id).execute()
    expect(await free()).toEqual([])
  })
})

it('refuses a move of what somebody else has moved, and says where it stands', async () => {
  const agent = await crm.signIn()
  const deal = await made(agent, { title: 'Turbines' })
  const answers = await Promise.all(['won', 'lost', 'proposal', 'qualified'].map((stage) => agent.post(`/deals/${deal.id}/move`, { from: 'new', stage })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  const { stage } = (await agent.get(`/deals/${deal.id}`)).body
  for (const { status, body } of answers)
    if (status !== 200) expect([status, body]).toMatchObject([409, { code: 'crm.deal.stands_elsewhere', context: { stage } }])
})

it('moves no deal of another organisation, of others where the role does not reach, or whose stage the role locks', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const deal = await made(agent, { title: 'Turbines' })
  const move = (by: Agent, body: object = { from: 'new', stage: 'won' }) => by.post(`/deals/${deal.id}/move`, body)
  const permissions = ['crm.deal.read', 'crm.deal.update'] as const
  expect((await move(await crm.signIn())).status).toBe(404)
  expect((await move(await crm.signIn({ organizationId, permissions: ['crm.deal.read'] }))).status).toBe(403)
  expect((await move(await crm.signIn({ organizationId, permissions, scopes: { deal: { read: 'own', write: 'own' } } }))).status).toBe(404)
  expect((await move(await crm.signIn({ organizationId, permissions, scopes: { deal: { read: 'all', write: 'own' } } }))).status).toBe(403)
  const locked = await crm.signIn({ organizationId, permissions, fields: { deal: { stage: 'read-only', amountMinor: 'hidden' } } })
  expect((await move(locked)).status).toBe(403)
  const blind = await crm.signIn({ organizationId, permissions, fields: { deal: { amountMinor: 'hidden' } } })
  expect((await move(blind, { from: 'new', stage: 'won', fields: { amountMinor: 5, currency: 'EUR' } })).status).toBe(403)
  expect((await agent.get(`/deals/${deal.id}`)).body).toMatchObject({ stage: 'new', version: 1 })
})
