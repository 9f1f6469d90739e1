import { FIRST_STAGES, pipelineCreated, type StageRules } from '@ai-crm/contracts'
import type { TestService } from '@ai-crm/testing'

/** Tells CRM of the pipeline that everybody begins with, with rules of some of its stages. */
export async function tellRules(crm: TestService, organizationId: string, rules: Readonly<Record<string, Partial<StageRules>>>, version = 1): Promise<void> {
  const [found] = await crm.database.asAdmin(`select platform.derived_id('pipeline.first', '${organizationId}') as id`)
  const stages = FIRST_STAGES.map((stage) => ({ ...stage, rules: { ...stage.rules, ...rules[stage.id] } }))
  await crm.deliver(pipelineCreated({ pipelineId: String(found?.['id']), name: 'Sales', position: 0, lostReasons: [], stages }), {
    organizationId,
    aggregateVersion: version,
  })
}
