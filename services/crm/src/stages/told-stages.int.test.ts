import { dealStageChanged, FIRST_STAGES, pipelineArchived, pipelineCreated, pipelineUpdated } from '@ai-crm/contracts'
import { startService } from '@ai-crm/testing'
import { expect, it } from 'vitest'
import { z } from 'zod'
import service from '../service.ts'
import { made, tellRules } from './rule-fixture.ts'

const crm = await startService(service)

it('moves the deals of a retired stage on, lets nobody in meanwhile, and tells why they moved', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const deals = [await made(agent, { title: 'A', stage: 'qualified' }), await made(agent, { title: 'B', stage: 'qualified' })]
  await tellRules(crm, organizationId, { proposal: { enteredFrom: [] } })
  const [pipelineId] = z.array(z.string()).parse([deals[0]?.pipelineId])
  const stages = FIRST_STAGES.filter(({ id }) => id !== 'qualified')
  const changes = { stages: { from: [...FIRST_STAGES], to: stages } }
  await crm.deliver(pipelineUpdated({ pipelineId: pipelineId ?? '', changes, retired: [{ stageId: 'qualified', into: 'proposal' }] }), {
    organizationId,
    aggregateVersion: 2,
  })
  expect(await agent.post('/deals', { title: 'C', stage: 'qualified' })).toMatchObject({
    status: 422,
    body: { context: { obstacles: [{ rule: 'stage-retired' }] } },
  })
  await crm.settle()
  for (const { id } of deals) expect((await agent.get(`/deals/${id}`)).body).toMatchObject({ stage: 'proposal', version: 2 })
  expect((await crm.emitted(dealStageChanged, organizationId)).map(({ data }) => data)).toMatchObject([{ reason: 'retired' }, { reason: 'retired' }])
  expect((await agent.get('/boards')).body.columns.map(({ stage }: { stage: string }) => stage)).toEqual(['new', 'proposal', 'negotiation', 'won', 'lost'])
})

it('keeps the deals of a retired stage until it has heard of the pipeline that they go to', async () => {
  const agent = await crm.signIn()
  const { organizationId } = agent
  const deal = await made(agent, { title: 'A', stage: 'qualified' })
  await tellRules(crm, organizationId, {})
  const into = crypto.randomUUID()
  const change = { pipelineId: deal.pipelineId, changes: {}, retired: [{ stageId: 'qualified', into }] }
  await crm.deliver(pipelineUpdated(change), { organizationId, aggregateVersion: 2 })
  const job = async () =>
    (await crm.database.asAdmin(`select status, attempts from crm.job where organization_id = '${organizationId}' and name = 'crm.retire-stage'`))[0]
  await expect.poll(job, { timeout: 10_000 }).toMatchObject({ status: 'waiting', attempts: 1 })
  const stages = FIRST_STAGES.map((stage) => ({ ...stage, id: stage.id === 'new' ? into : crypto.randomUUID() }))
  await crm.deliver(pipelineCreated({ pipelineId: crypto.randomUUID(), name: 'Renewals', position: 1, lostReasons: [], stages }), { organizationId })
  await expect.poll(async () => (await agent.get(`/deals/${deal.id}`)).body.stage, { timeout: 20_000 }).toBe(into)
})

it('takes an older word of a pipeline for nothing', async () => {
  const agent = await crm.signIn()
  await tellRules(crm, agent.organizationId, { won: { wipLimit: 3 } }, 2)
  await tellRules(crm, agent.organizationId, {}, 1)
  const [won] = await crm.database.asAdmin(`select rules from crm.stage where organization_id = '${agent.organizationId}' and id = 'won'`)
  expect(won).toMatchObject({ rules: { wipLimit: 3 } })
})

const toldStages = () => FIRST_STAGES.map((stage) => ({ ...stage, id: crypto.randomUUID() }))
const newPipeline = (pipelineId: string, stages: ReturnType<typeof toldStages>) =>
  pipelineCreated({ pipelineId, name: 'Renewals', position: 1, lostReasons: [], stages })
const parked = (pipelineId: string) => crm.database.asAdmin(`select status from crm.parked_event where aggregate_id = '${pipelineId}'`)

it('hears of a pipeline in its order, though what came first has failed', async () => {
  const { organizationId } = await crm.signIn()
  const [pipelineId, stages] = [crypto.randomUUID(), toldStages()]
  const [first, second] = z
    .tuple([z.string(), z.string()])
    .rest(z.string())
    .parse(stages.map(({ id }) => id))
  const told = [
    newPipeline(pipelineId, stages),
    pipelineUpdated({ pipelineId, changes: { name: { from: 'Renewals', to: 'Old' } }, retired: [{ stageId: first, into: second }] }),
    pipelineArchived({ pipelineId, retired: [{ stageId: second, into: 'new' }] }),
  ]
  await crm.database.asAdmin(`alter table crm.stage add constraint away check (pipeline_id <> '${pipelineId}') not valid`)
  for (const [nth, event] of told.entries()) await crm.deliver(event, { organizationId, aggregateVersion: nth + 1 })
  expect(await parked(pipelineId)).toHaveLength(3)
  await crm.database.asAdmin('alter table crm.stage drop constraint away')
  await expect.poll(() => parked(pipelineId), { timeout: 20_000 }).toEqual([])
  const kept = await crm.database.asAdmin(
    `select pipeline_name as name, retired_into as into from crm.stage where pipeline_id = '${pipelineId}' order by position limit 2`,
  )
  expect(kept).toEqual([second, 'new'].map((into) => ({ name: 'Old', into })))
})

it('keeps for later what is told of a pipeline or a stage that it does not know', async () => {
  const { organizationId } = await crm.signIn()
  const [renamed, retired] = [crypto.randomUUID(), crypto.randomUUID()]
  await crm.deliver(pipelineUpdated({ pipelineId: renamed, changes: { name: { from: 'A', to: 'B' } }, retired: [] }), { organizationId })
  await crm.deliver(pipelineArchived({ pipelineId: retired, retired: [{ stageId: crypto.randomUUID(), into: 'new' }] }), { organizationId })
  for (const id of [renamed, retired]) expect(await parked(id)).toHaveLength(1)
  // Nobody waits for them here.
  await crm.database.asAdmin(`delete from crm.parked_event where aggregate_id in ('${renamed}', '${retired}')`)
})
