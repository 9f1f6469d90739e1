import type { Stage } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'

/** From now on these are the stages of the pipeline, in this order. */
export async function storeStages(db: Db, pipelineId: string, stages: readonly Stage[]): Promise<void> {
  await db
    .insertInto('stage')
    .values(stages.map(({ rules, ...stage }, position) => ({ ...stage, pipelineId, position, rules: JSON.stringify(rules) })))
    .onConflict((conflict) =>
      conflict.columns(['organizationId', 'id']).doUpdateSet(({ ref }) => ({
        name: ref('excluded.name'),
        position: ref('excluded.position'),
        probability: ref('excluded.probability'),
        color: ref('excluded.color'),
        rottingDays: ref('excluded.rottingDays'),
        rules: ref('excluded.rules'),
      })),
    )
    .execute()
}

/** A stage that goes, and where its deals go. */
export interface Retired {
  readonly stageId: string
  readonly into: string
}

export async function retireStages(db: Db, retired: readonly Retired[], at: Date): Promise<void> {
  for (const { stageId, into } of retired) await db.updateTable('stage').set({ retiredInto: into, retiredAt: at }).where('id', '=', stageId).execute()
}
