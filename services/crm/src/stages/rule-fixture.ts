import { FIRST_STAGES, pipelineCreated, type StageRules } from '@ai-crm/contracts'
import type { Agent, TestService } from '@ai-crm/testing'
import { expect } from 'vitest'

/** Tells CRM of the pipeline that everybody begins with, with rules of some of its stages. */
export async function tellRules(crm: TestService, organizationId: string, rules: Readonly<Record<string, Partial<StageRules>>>, version = 1): Promise<void> {
  const [found] = await crm.database.asAdmin(`select platform.derived_id('pipeline.first', '${organizationId}') as id`)
  const stages = FIRST_STAGES.map((stage) => ({ ...stage, rules: { ...stage.rules, ...rules[stage.id] } }))
  await crm.deliver(pipelineCreated({ pipelineId: String(found?.['id']), name: 'Sales', position: 0, lostReasons: [], stages }), {
    organizationId,
    aggregateVersion: version,
  })
}

export const made = async (agent: Agent, body: object) => (await agent.post('/deals', body)).body

/** Work on many records, asked for at `path`, when it is over. */
export async function over(agent: Agent, path: string, body?: object) {
  const { id } = (await agent.post(path, body)).body
  await expect.poll(async () => (await agent.get(`/record-operations/${id}`)).body.status, { timeout: 60_000 }).toBe('done')
  return (await agent.get(`/record-operations/${id}`)).body
}
