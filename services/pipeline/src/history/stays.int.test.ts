import { dealCreated, dealDeleted, dealRestored, dealStageChanged, dealUpdated, teamCreated, type PendingEvent } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import service from '../service.ts'

const pipeline = await startService(service)

const facts = { title: 'Deal', amountMinor: 100_00, currency: 'EUR', lostReason: null, expectedCloseOn: null, companyId: null, contacts: [], ownerId: null }

/** What crm tells of one deal, in its order. */
function dealOf({ organizationId, userId }: Agent) {
  const dealId = crypto.randomUUID()
  let aggregateVersion = 0
  const tell = (event: PendingEvent, version = ++aggregateVersion) =>
    pipeline.deliver(event, { organizationId, actor: { type: 'user', id: userId }, aggregateVersion: version })
  return {
    dealId,
    tell,
    create: (more: Partial<Parameters<typeof dealCreated>[0]> = {}) => tell(dealCreated({ ...facts, dealId, stage: 'new', ...more })),
    move: (from: string, to: string, more: Partial<Parameters<typeof dealStageChanged>[0]> = {}) => tell(dealStageChanged({ dealId, from, to, ...more })),
    restore: () => tell(dealRestored({ ...facts, dealId, stage: 'new' })),
    skip: () => (aggregateVersion += 5),
  }
}
const stays = async (agent: Agent, dealId: string) => (await agent.get(`/deals/${dealId}/stays`)).body.items
const told = async (agent: Agent, dealId: string) =>
  (await stays(agent, dealId)).map(({ stage, outcome }: { stage: string; outcome: string | null }) => [stage, outcome]).toReversed()

it('tells each stay of a deal: where, how long, by whom, and what became of it', async () => {
  const agent = await pipeline.signIn()
  await agent.get('/pipelines')
  const deal = dealOf(agent)
  await deal.create()
  await deal.move('new', 'proposal')
  await deal.move('proposal', 'qualified')
  await deal.tell(dealUpdated({ dealId: deal.dealId, changes: { amountMinor: { from: 100_00, to: 250_00 } } }))
  await deal.move('qualified', 'won')
  const all = await stays(agent, deal.dealId)
  expect(all).toMatchObject([
    {
      stage: 'won',
      stageName: 'Won',
      pipelineName: 'Sales',
      stageKind: 'won',
      leftAt: null,
      outcome: null,
      leftBy: null,
      amountMinor: 250_00,
      currency: 'EUR',
    },
    { stage: 'qualified', outcome: 'won', amountMinor: 250_00, leftBy: { type: 'user', id: agent.userId } },
    { stage: 'proposal', outcome: 'moved-back', amountMinor: 100_00 },
    { stage: 'new', outcome: 'advanced', enteredBy: { type: 'user', id: agent.userId } },
  ])
  expect(all[1].enteredAt).toBe(all[2].leftAt)
  const page = (await agent.get(`/deals/${deal.dealId}/stays?limit=3`)).body
  const rest = (await agent.get(`/deals/${deal.dealId}/stays?limit=3&cursor=${encodeURIComponent(page.nextCursor)}`)).body
  expect([...page.items, ...rest.items]).toEqual(all)
})

it('believes each event once, and none that is older than what it knows', async () => {
  const agent = await pipeline.signIn()
  const deal = dealOf(agent)
  await deal.create()
  await deal.move('new', 'qualified')
  await deal.tell(dealUpdated({ dealId: deal.dealId, changes: { amountMinor: { from: 1, to: 999_00 } } }), 2)
  expect((await stays(agent, deal.dealId))[0].amountMinor).toBe(100_00)
  await deal.tell(dealStageChanged({ dealId: deal.dealId, from: 'new', to: 'qualified' }), 2)
  await deal.tell(dealCreated({ ...facts, dealId: deal.dealId, stage: 'new' }), 1)
  expect(await told(agent, deal.dealId)).toEqual([
    ['new', 'advanced'],
    ['qualified', null],
  ])
})

it('ends a stay where a deal is deleted, and begins another where it comes back', async () => {
  const agent = await pipeline.signIn()
  const deal = dealOf(agent)
  await deal.create()
  await deal.tell(dealDeleted({ dealId: deal.dealId }))
  expect((await agent.get(`/deals/${deal.dealId}/stays`)).status).toBe(404)
  await deal.restore()
  expect(await told(agent, deal.dealId)).toEqual([
    ['new', 'deleted'],
    ['new', null],
  ])
})

it('counts what was handed to another pipeline, or had to go with its stage, as neither advanced nor moved back', async () => {
  const agent = await pipeline.signIn()
  const [deal, pipelineId] = [dealOf(agent), crypto.randomUUID()]
  const [first] = (await agent.get('/pipelines')).body.items
  await deal.create({ pipelineId: first.id, stageKind: 'open' })
  await deal.move('new', 'aa', { fromKind: 'open', toKind: 'open', fromPipelineId: first.id, pipelineId })
  await deal.move('aa', 'bb', { fromKind: 'open', toKind: 'open', fromPipelineId: pipelineId, pipelineId, reason: 'retired' })
  await deal.move('bb', 'cc', { fromKind: 'open', toKind: 'won', fromPipelineId: pipelineId, pipelineId })
  await deal.move('cc', 'bb', { fromKind: 'won', toKind: 'open', fromPipelineId: pipelineId, pipelineId, isBack: true })
  expect(await told(agent, deal.dealId)).toEqual([
    ['new', 'handed-off'],
    ['aa', 'handed-off'],
    ['bb', 'won'],
    ['cc', 'moved-back'],
    ['bb', null],
  ])
})

it('begins with what a move tells where nothing was heard of the deal before', async () => {
  const agent = await pipeline.signIn()
  const deal = dealOf(agent)
  deal.skip()
  await deal.tell(dealUpdated({ dealId: deal.dealId, changes: { amountMinor: { from: null, to: 5 } } }))
  expect((await agent.get(`/deals/${deal.dealId}/stays`)).status).toBe(404)
  await deal.move('proposal', 'negotiation', { stayedMs: 3_600_000 })
  const [now, before] = await stays(agent, deal.dealId)
  expect([now.stage, before.stage, before.outcome]).toEqual(['negotiation', 'proposal', 'advanced'])
  expect(Date.parse(before.leftAt) - Date.parse(before.enteredAt)).toBe(3_600_000)
})

it('shows the stays of deals within reach, without amounts where a role hides them, and nothing to another organisation', async () => {
  const owner = await pipeline.signIn()
  const { organizationId } = owner
  const permissions = ['crm.deal.read', 'pipeline.pipeline.read'] as const
  const seller = await pipeline.signIn({ organizationId, permissions, scopes: { deal: { read: 'own', write: 'own' } } })
  const mate = await pipeline.signIn({ organizationId, permissions, scopes: { deal: { read: 'team', write: 'own' } } })
  const blind = await pipeline.signIn({ organizationId, permissions, fields: { deal: { amountMinor: 'hidden' } } })
  const none = await pipeline.signIn({ organizationId, permissions: ['pipeline.pipeline.read'] })
  const [theirs, ours] = [dealOf(owner), dealOf(owner)]
  await theirs.create({ ownerId: seller.userId })
  await ours.create({ ownerId: owner.userId })
  const teamId = crypto.randomUUID()
  await pipeline.deliver(teamCreated({ teamId, name: 'Team', memberIds: [mate.userId, seller.userId], leadId: null }), { organizationId })
  const status = async (agent: Agent, { dealId }: { dealId: string }) => (await agent.get(`/deals/${dealId}/stays`)).status
  expect(await Promise.all([seller, mate].flatMap((agent) => [status(agent, theirs), status(agent, ours)]))).toEqual([200, 404, 200, 404])
  const [hidden] = await stays(blind, ours.dealId)
  expect([hidden.stage, 'amountMinor' in hidden, 'currency' in hidden]).toEqual(['new', false, false])
  expect([await status(none, ours), await status(await pipeline.signIn(), ours)]).toEqual([403, 404])

  const [{ id: pipelineId }] = (await owner.get('/pipelines')).body.items
  const flow = async (agent: Agent) => (await agent.get(`/pipelines/${pipelineId}/flow?from=2020-01-01&to=2029-01-01`)).body
  const entries = async (agent: Agent) => (await flow(agent)).stages[0].entries
  expect(await Promise.all([owner, seller, mate, blind].map(entries))).toEqual([2, 1, 1, 2])
  expect([(await flow(blind)).velocity, (await flow(owner)).velocity]).toEqual([null, []])
  expect((await (await pipeline.signIn()).get(`/pipelines/${pipelineId}/flow?from=2020-01-01&to=2029-01-01`)).status).toBe(404)
})

it.each([
  ['from=2026-01-02&to=2026-01-02', 'query/to'],
  ['from=2000-01-01&to=2026-01-02', 'query/from'],
  ['from=2026-01-01&to=2026-01-02&zone=+03', 'query/zone'],
  ['from=2026-01-01&to=2026-01-02&zone=Mars/Olympus', 'query/zone'],
])('refuses the window %s and names the field', async (query, field) => {
  const agent = await pipeline.signIn()
  const [{ id }] = (await agent.get('/pipelines')).body.items
  const { status, body } = await agent.get(`/pipelines/${id}/flow?${query}`)
  expect([status, body.errors[0].field]).toEqual([400, field])
})
