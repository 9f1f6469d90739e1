import {
  authSagaAnswered,
  crmSagaAnswered,
  dealCreated,
  dealDeleted,
  dealHandedOver,
  dealHandOverUndone,
  dealStageChanged,
  pipelineSagaRequested,
  type EventData,
  type HandOverPlan,
  type HandOverReason,
  type PendingEvent,
} from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

// Alone: what auth and crm answer is told by the test.
const pipeline = await startService(service)
const STEPS = { 'auth.vouch-for-people': authSagaAnswered, 'crm.give-deal': crmSagaAnswered, 'crm.make-hand-over-tasks': crmSagaAnswered } as const
type Step = keyof typeof STEPS
type Kinds = Pick<EventData<typeof dealStageChanged>, 'fromKind' | 'toKind' | 'reason'>

const MANAGER = crypto.randomUUID()
const PLAN: HandOverPlan = { ownerId: MANAGER, tasks: [{ title: 'Invoice', dueInDays: 2, assigneeId: null }] }

async function withPlan(plan: HandOverPlan | null = PLAN) {
  const agent = await pipeline.signIn()
  const { id, version } = (await agent.get('/pipelines')).body.items[0]
  if (plan) expect((await agent.patch(`/pipelines/${id}`, { handOver: plan }, { version })).body.handOver).toEqual(plan)
  return agent
}

/** One deal as crm tells of it, and its hand-over as auth and crm answer. */
async function dealOf({ organizationId, userId: ownerId }: Agent, stage = 'new') {
  const dealId = crypto.randomUUID()
  let aggregateVersion = 0
  const tell = (event: PendingEvent) => pipeline.deliver(event, { organizationId, aggregateVersion: ++aggregateVersion })
  const facts = { title: 'Deal', amountMinor: 500, currency: 'USD', lostReason: null, expectedCloseOn: null, companyId: null, contacts: [], ownerId }
  await tell(dealCreated({ ...facts, dealId, stage, ...(stage === 'won' ? { stageKind: 'won' } : {}) }))
  const requests = async () =>
    (await pipeline.emitted(pipelineSagaRequested, organizationId)).map(({ data }) => data).filter(({ input }) => input['dealId'] === dealId)
  return {
    dealId,
    tell,
    move: (from: string, to: string, kinds: Kinds) => tell(dealStageChanged({ dealId, from, to, ...kinds })),
    win: () => tell(dealStageChanged({ dealId, from: 'new', to: 'won', fromKind: 'open', toKind: 'won' })),
    reopen: () => tell(dealStageChanged({ dealId, from: 'won', to: 'new', fromKind: 'won', toKind: 'open' })),
    asked: async () => (await requests()).map(({ action, step }) => `${action} ${step}`),
    answer: async (step: Step, outcome: EventData<typeof crmSagaAnswered>['outcome'], reason: HandOverReason | null = null) => {
      const sagaId = (await requests()).at(-1)?.sagaId ?? ''
      await pipeline.deliver(STEPS[step]({ sagaId, step, outcome, reason }), { organizationId })
    },
    told: async () => (await pipeline.emitted(dealHandedOver, organizationId)).map(({ data }) => data).filter((one) => one.dealId === dealId),
    undone: async () =>
      (await pipeline.emitted(dealHandOverUndone, organizationId)).filter(({ data }) => data.dealId === dealId).map(({ data }) => data.reason),
  }
}
type Told = Awaited<ReturnType<typeof dealOf>>
const finish = async ({ answer }: Told) => {
  for (const step of ['auth.vouch-for-people', 'crm.give-deal', 'crm.make-hand-over-tasks'] as const) await answer(step, 'done')
}
const shown = async (agent: Agent, { dealId }: Told) => (await agent.get(`/deals/${dealId}/hand-over`)).body.handOver

it('asks one after the other when a deal is won, and tells billing and analytics once when all is done', async () => {
  const agent = await withPlan()
  const deal = await dealOf(agent)
  expect(await shown(agent, deal)).toBeNull()
  await deal.win()
  expect(await deal.asked()).toEqual(['do auth.vouch-for-people'])
  expect(await shown(agent, deal)).toMatchObject({ state: 'running', ownerBeforeId: agent.userId, ownerId: MANAGER, taskCount: 1, reason: null, endedAt: null })
  await finish(deal)
  for (let copy = 0; copy < 2; copy++) await deal.answer('crm.make-hand-over-tasks', 'done')
  expect(await deal.asked()).toEqual(['do auth.vouch-for-people', 'do crm.give-deal', 'do crm.make-hand-over-tasks'])
  expect(await shown(agent, deal)).toMatchObject({ state: 'done', endedAt: expect.any(String) })
  expect(await deal.told()).toMatchObject([{ stage: 'won', amountMinor: 500, currency: 'USD', ownerBeforeId: agent.userId, ownerId: MANAGER, rate: null }])
})

it('tells what the amount was worth in the organisation on the day it was won, also where there is nothing to do', async () => {
  const agent = await withPlan(null)
  const rates = [
    { currency: 'USD', on: '2020-01-01', rate: '0.90' },
    { currency: 'USD', on: '2999-01-01', rate: '2' },
  ]
  expect((await agent.put('/currency-rates', { currency: 'EUR', rates }, { 'if-match': '"1"' })).status).toBe(200)
  const deal = await dealOf(agent)
  await deal.win()
  expect(await deal.asked()).toEqual([])
  expect(await deal.told()).toMatchObject([{ handOverId: null, organizationCurrency: 'EUR', rate: '0.9', ownerId: agent.userId, ownerBeforeId: agent.userId }])
  expect(await shown(agent, deal)).toBeNull()
})

it('hands over once for each winning: not when a won stage is retired into another, when a file brings a won deal, or when one is restored', async () => {
  const agent = await withPlan(null)
  const deal = await dealOf(agent)
  await deal.win()
  await deal.move('won', crypto.randomUUID(), { fromKind: 'won', toKind: 'won', reason: 'retired' })
  expect(await deal.told()).toHaveLength(1)
  await deal.reopen()
  await deal.win()
  expect(await deal.told()).toHaveLength(2)
  const made = await dealOf(agent, 'won')
  expect(await made.told()).toHaveLength(1)
  const facts = { title: 'Old', amountMinor: null, currency: null, lostReason: null, expectedCloseOn: null, companyId: null, contacts: [], ownerId: null }
  const imported = dealCreated({ ...facts, dealId: crypto.randomUUID(), stage: 'won', stageKind: 'won', isImported: true })
  await pipeline.deliver(imported, { organizationId: agent.organizationId })
  expect(await pipeline.emitted(dealHandedOver, agent.organizationId)).toHaveLength(3)
})

it('takes back what was done when somebody refuses, says why, and can be tried again as the pipeline says then', async () => {
  const agent = await withPlan()
  const deal = await dealOf(agent)
  await deal.win()
  const repeat = () => agent.post(`/deals/${deal.dealId}/hand-over/repeat`)
  expect((await repeat()).status).toBe(409)
  await deal.answer('auth.vouch-for-people', 'done')
  await deal.answer('crm.give-deal', 'done')
  await deal.answer('crm.make-hand-over-tasks', 'refused', 'assignee-left')
  expect(await shown(agent, deal)).toMatchObject({ state: 'undoing' })
  await deal.answer('crm.give-deal', 'undone')
  await deal.answer('auth.vouch-for-people', 'undone')
  expect(await shown(agent, deal)).toMatchObject({ state: 'undone', reason: 'assignee-left' })
  expect([await deal.undone(), await deal.told()]).toEqual([['assignee-left'], []])
  const { id, version } = (await agent.get('/pipelines')).body.items[0]
  await agent.patch(`/pipelines/${id}`, { handOver: { ownerId: null, tasks: [] } }, { version })
  expect(await repeat()).toMatchObject({ status: 202, body: { state: 'running', ownerId: agent.userId, taskCount: 0 } })
  await finish(deal)
  expect(await deal.told()).toMatchObject([{ ownerId: agent.userId }])
  expect((await repeat()).body.code).toBe('pipeline.hand_over.nothing_to_repeat')
})

it('tells nobody twice of a deal that was won anew with nothing to do, after a hand-over that was undone', async () => {
  const agent = await withPlan()
  const deal = await dealOf(agent)
  await deal.win()
  await deal.answer('auth.vouch-for-people', 'refused', 'owner-left')
  expect(await shown(agent, deal)).toMatchObject({ state: 'undone' })
  await deal.reopen()
  const { id, version } = (await agent.get('/pipelines')).body.items[0]
  await agent.patch(`/pipelines/${id}`, { handOver: { ownerId: null, tasks: [] } }, { version })
  await deal.win()
  expect(await deal.told()).toHaveLength(1)
  expect(await shown(agent, deal)).toBeNull()
  expect((await agent.post(`/deals/${deal.dealId}/hand-over/repeat`)).status).toBe(409)
  expect(await deal.told()).toHaveLength(1)
})

it('takes back a hand-over that is not finished when the deal is opened again or deleted, and leaves alone one that is', async () => {
  const agent = await withPlan()
  const [reopened, deleted, finished] = [await dealOf(agent), await dealOf(agent), await dealOf(agent)]
  for (const deal of [reopened, deleted, finished]) await deal.win()
  await reopened.reopen()
  await reopened.answer('auth.vouch-for-people', 'done')
  await reopened.answer('auth.vouch-for-people', 'undone')
  expect([await reopened.undone(), await reopened.told()]).toEqual([['deal-reopened'], []])
  expect((await agent.post(`/deals/${reopened.dealId}/hand-over/repeat`)).status).toBe(409)
  await deleted.tell(dealDeleted({ dealId: deleted.dealId }))
  await deleted.answer('auth.vouch-for-people', 'undone')
  expect(await deleted.undone()).toEqual(['deal-deleted'])
  await finish(finished)
  await finished.reopen()
  expect([await finished.undone(), (await finished.told()).length]).toEqual([[], 1])
})

it('begins the next hand-over only when the one before is undone, and none where the deal is opened again meanwhile', async () => {
  const agent = await withPlan()
  const deal = await dealOf(agent)
  await deal.win()
  await deal.reopen()
  await deal.win()
  expect(await deal.asked()).toEqual(['do auth.vouch-for-people', 'undo auth.vouch-for-people'])
  expect(await shown(agent, deal)).toMatchObject({ state: 'running' })
  await deal.answer('auth.vouch-for-people', 'undone')
  await finish(deal)
  expect([await deal.undone(), (await deal.told()).length]).toEqual([['deal-reopened'], 1])

  const cleared = await dealOf(agent)
  await cleared.win()
  await cleared.reopen()
  const { id, version } = (await agent.get('/pipelines')).body.items[0]
  await agent.patch(`/pipelines/${id}`, { handOver: { ownerId: null, tasks: [] } }, { version })
  await cleared.win()
  expect(await cleared.told()).toEqual([])
  await cleared.answer('auth.vouch-for-people', 'undone')
  await finish(cleared)
  expect(await cleared.told()).toHaveLength(1)
  await agent.patch(`/pipelines/${id}`, { handOver: PLAN }, { version: version + 1 })

  const other = await dealOf(agent)
  await other.win()
  await other.reopen()
  await other.win()
  await other.reopen()
  await other.answer('auth.vouch-for-people', 'undone')
  expect(await other.undone()).toEqual(['deal-reopened', 'deal-reopened'])
  expect(await other.asked()).toEqual(['do auth.vouch-for-people', 'undo auth.vouch-for-people'])
})

it('shows no hand-over of another organisation or out of reach, and repeats none without the right', async () => {
  const agent = await withPlan()
  const deal = await dealOf(agent)
  await deal.win()
  await deal.answer('auth.vouch-for-people', 'refused', 'owner-left')
  const { organizationId } = agent
  const [path, repeat] = [`/deals/${deal.dealId}/hand-over`, `/deals/${deal.dealId}/hand-over/repeat`]
  const stranger = await pipeline.signIn()
  expect([(await stranger.get(path)).status, (await stranger.post(repeat)).status]).toEqual([404, 404])
  const reader = await pipeline.signIn({ organizationId, permissions: ['crm.deal.read'] })
  expect([(await reader.get(path)).status, (await reader.post(repeat)).status]).toEqual([200, 403])
  const permissions = ['crm.deal.read', 'crm.deal.update'] as const
  const own = await pipeline.signIn({ organizationId, permissions, scopes: { deal: { read: 'own', write: 'own' } } })
  expect([(await own.get(path)).status, (await own.post(repeat)).status]).toEqual([404, 404])
  const locked = await pipeline.signIn({ organizationId, permissions, scopes: { deal: { read: 'all', write: 'own' } } })
  expect((await locked.post(repeat)).status).toBe(403)
})
