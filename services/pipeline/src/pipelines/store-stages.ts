import type { Stage } from '@ai-crm/contracts'
import { sql } from 'kysely'
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
  if (retired.length === 0) return
  await sql`update stage set retired_into = given."into", retired_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(retired)}::jsonb) as given ("stageId" text, "into" text) where stage.id = given."stageId"`.execute(db)
}
