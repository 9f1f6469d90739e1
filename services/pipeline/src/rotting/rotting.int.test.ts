import { dealCreated, dealRotting, dealStageChanged, FIRST_STAGES, type Pipeline } from '@ai-crm/contracts'
import { startService, type Agent } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import type { Ctx } from '../ctx.ts'
import service from '../service.ts'
import { watchAnew, watchStay } from './watch-rotting.ts'

const pipeline = await startService(service)
const DAY_MS = 86_400_000
const LOOKS = `name = 'pipeline.find-rotting' and status = 'waiting'`
const ago = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

/** From now on the stages allow so many days. */
async function allow(agent: Agent, days: Readonly<Record<string, number | null>>): Promise<Pipeline> {
  const [{ id, version }] = (await agent.get('/pipelines')).body.items
  const stages = FIRST_STAGES.map((stage) => ({ ...stage, rottingDays: days[stage.id] ?? null }))
  const { body } = await agent.patch(`/pipelines/${id}`, { stages }, { version })
  await pipeline.settle()
  return body
}

const facts = { title: 'Deal', amountMinor: null, currency: null, lostReason: null, expectedCloseOn: null, companyId: null, contacts: [], ownerId: null }
async function create({ organizationId }: Agent, stage: string, stageEnteredAt: string): Promise<string> {
  const dealId = crypto.randomUUID()
  await pipeline.deliver(dealCreated({ ...facts, dealId, stage, stageEnteredAt }), { organizationId, aggregateVersion: 1 })
  await pipeline.settle()
  return dealId
}
async function move({ organizationId }: Agent, dealId: string, from: string, to: string, stageEnteredAt: string, aggregateVersion: number): Promise<void> {
  await pipeline.deliver(dealStageChanged({ dealId, from, to, stageEnteredAt }), { organizationId, aggregateVersion })
  await pipeline.settle()
}
/** The clock jumps to whatever waits for its time. */
async function wait({ organizationId }: Agent): Promise<void> {
  await pipeline.database.asAdmin(`update pipeline.job set run_at = now() where ${LOOKS} and organization_id = '${organizationId}'`)
  await pipeline.settle()
}
const told = async ({ organizationId }: Agent) => (await pipeline.emitted(dealRotting, organizationId)).map(({ data: { dealId, stage } }) => [dealId, stage])
/** In how many hours. */
const planned = async ({ organizationId }: Agent) =>
  (
    await pipeline.database.asAdmin(
      `select round(extract(epoch from run_at - now()) / 3600)::int as hours from pipeline.job where ${LOOKS} and organization_id = '${organizationId}'`,
    )
  ).map(({ hours }) => hours)

it('tells once of each stay that is too long, when a deal comes back of the new one too', async () => {
  const agent = await pipeline.signIn()
  const { id } = await allow(agent, { new: 5 })
  const dealId = await create(agent, 'new', ago(6))
  expect(await told(agent)).toEqual([[dealId, 'new']])
  expect(await pipeline.emitted(dealRotting, agent.organizationId)).toMatchObject([{ data: { pipelineId: id, rottingDays: 5, ownerId: null } }])
  await allow(agent, { new: 4 })
  await wait(agent)
  expect(await told(agent)).toHaveLength(1)
  await move(agent, dealId, 'new', 'qualified', ago(6), 2)
  await move(agent, dealId, 'qualified', 'new', ago(5), 3)
  await wait(agent)
  expect(await told(agent)).toHaveLength(2)
})

it('looks when the first deal is due, whatever comes in later, and not at one that has left', async () => {
  const agent = await pipeline.signIn()
  await allow(agent, { new: 10, qualified: 3 })
  await create(agent, 'new', ago(9.25))
  expect(await planned(agent)).toEqual([18])
  const left = await create(agent, 'qualified', ago(2.5))
  await create(agent, 'new', ago(1))
  expect(await planned(agent)).toEqual([12])
  await move(agent, left, 'qualified', 'won', ago(1), 2)
  await wait(agent)
  expect(await told(agent)).toEqual([])
  expect(await planned(agent)).toEqual([18])
})

it('looks every day where stages allow only so much, for stays that nobody told of, and nowhere else', async () => {
  const agent = await pipeline.signIn()
  const { id } = await allow(agent, { new: 5 })
  expect(await planned(agent)).toEqual([24])
  await pipeline.database.asAdmin(`
    with made as (insert into pipeline.deal (organization_id, id, stage_id, pipeline_id, stage_kind, entered_at, sequence, is_deleted, version)
      values ('${agent.organizationId}', gen_random_uuid(), 'new', '${id}', 'open', now() - interval '9 days', 1, false, 1) returning *)
    insert into pipeline.stay (organization_id, deal_id, sequence, stage_id, pipeline_id, stage_kind, entered_at, entered_by)
      select organization_id, id, 1, stage_id, pipeline_id, stage_kind, entered_at, '{"type": "system", "id": null}' from made`)
  await wait(agent)
  expect(await told(agent)).toHaveLength(1)
  expect(await planned(agent)).toEqual([24])
  await allow(agent, {})
  expect(await planned(agent)).toEqual([])
})

it('looks at once where what stages allow has changed, whichever deal comes in before that', async () => {
  const agent = await pipeline.signIn()
  await allow(agent, { new: 10 })
  const dealId = await create(agent, 'new', ago(6))
  await pipeline.database.asAdmin(`update pipeline.stage set rotting_days = 5 where id = 'new' and organization_id = '${agent.organizationId}'`)
  // startService serves any service: its tables are erased there and known here.
  const ctx = pipeline.ctx(agent.organizationId) as unknown as Ctx
  await ctx.write(async (scope) => {
    await watchAnew(scope)
    await watchStay(scope, { stageId: 'new', enteredAt: new Date(ago(4)) })
  })
  await pipeline.settle()
  expect(await told(agent)).toEqual([[dealId, 'new']])
})

it('takes what a stage allows as it is now', async () => {
  const agent = await pipeline.signIn()
  const dealId = await create(agent, 'proposal', ago(20))
  const won = await create(agent, 'won', ago(90))
  await wait(agent)
  expect(await told(agent)).toEqual([])
  await allow(agent, { proposal: 30 })
  expect(await told(agent)).toEqual([])
  await allow(agent, { proposal: 20 })
  expect(await told(agent)).toEqual([[dealId, 'proposal']])
  expect(won).not.toBe(dealId)
})

it('tells of many at once, and nobody of another organisation', async () => {
  const [agent, other] = [await pipeline.signIn(), await pipeline.signIn()]
  await allow(other, { new: 5 })
  await pipeline.database.asAdmin(`
    insert into pipeline.deal (organization_id, id, stage_id, pipeline_id, stage_kind, entered_at, sequence, is_deleted, version)
      select '${agent.organizationId}', gen_random_uuid(), 'new', platform.derived_id('pipeline.first', '${agent.organizationId}'), 'open', now() - interval '9 days', 1, false, 1
        from generate_series(1, 1200);
    insert into pipeline.stay (organization_id, deal_id, sequence, stage_id, pipeline_id, stage_kind, entered_at, entered_by)
      select organization_id, id, 1, stage_id, pipeline_id, stage_kind, entered_at, '{"type": "system", "id": null}' from pipeline.deal where organization_id = '${agent.organizationId}'`)
  await allow(agent, { new: 5 })
  expect(new Set((await told(agent)).map(([dealId]) => dealId)).size).toBe(1200)
  expect(await told(agent)).toHaveLength(1200)
  expect(await told(other)).toEqual([])
})
