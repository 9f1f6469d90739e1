import type { Pipeline, Stage } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** With its row in one statement: what is read belongs to the version that is read. */
const stages = sql<Stage[]>`(select coalesce(jsonb_agg(jsonb_build_object(
    'id', stage.id, 'name', stage.name, 'kind', stage.kind, 'probability', stage.probability, 'color', stage.color,
    'rottingDays', stage.rotting_days, 'rules', stage.rules) order by stage.position), '[]')
  from stage where stage.organization_id = pipeline.organization_id and stage.pipeline_id = pipeline.id and stage.retired_at is null)`

/** Those that are not archived, in their order. */
export async function livingPipelines(db: Db): Promise<Pipeline[]> {
  const rows = await db
    .selectFrom('pipeline')
    .select(['id', 'name', 'position', 'lostReasons', 'handOver', 'createdAt', 'updatedAt', 'version', stages.as('stages')])
    .where('archivedAt', 'is', null)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(({ createdAt, updatedAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }))
}
