import type { EventData, pipelineCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db, Scope } from '../ctx.ts'
import { retireStage } from './retire-stage.ts'

/** Nothing else remembers that deals have to go; where they go may be known only when the news of another pipeline has come. */
const MAX_ATTEMPTS = 100

type Telling = Pick<Scope, 'db' | 'enqueue'>
type ToldStage = EventData<typeof pipelineCreated>['stages'][number]
interface Pipeline {
  readonly name: string
  readonly position: number
}

/** Stages in their order, as the pipeline has them now; an older word changes nothing. What waits for one of them to go there goes on. */
export async function keepStages(
  { db, enqueue }: Telling,
  pipelineId: string,
  stages: readonly ToldStage[],
  { name, position, version }: Pipeline & { readonly version: number },
): Promise<void> {
  const rows = stages.map((stage, nth) => ({ ...stage, place: nth }))
  await sql`
    insert into stage as kept (id, pipeline_id, pipeline_name, pipeline_position, name, kind, position, probability, color, rotting_days, rules, version)
    select id, ${pipelineId}::uuid, ${name}, ${position}::integer, name, kind, place, probability, color, "rottingDays", rules, ${version}::integer
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as given (id text, name text, kind text, place integer, probability integer, color text, "rottingDays" integer, rules jsonb)
    on conflict (organization_id, id) do update
       set pipeline_id = excluded.pipeline_id, pipeline_name = excluded.pipeline_name, pipeline_position = excluded.pipeline_position, name = excluded.name,
           position = excluded.position, probability = excluded.probability, color = excluded.color, rotting_days = excluded.rotting_days,
           rules = excluded.rules, version = excluded.version
     where kept.version < excluded.version`.execute(db)
  // Of another pipeline, and told before this one: its job may have given up.
  const { rows: waiting } = await sql<{ id: string }>`select id from stage where retired_into = any(${stages.map(({ id }) => id)}::text[])
    and exists (select from deal where deal.stage = stage.id and deal.deleted_at is null)`.execute(db)
  for (const { id } of waiting) await enqueue(retireStage, { stageId: id }, { key: id, maxAttempts: MAX_ATTEMPTS })
}

/** What the pipeline is called by now, and its place. Throws where nothing is known of it: the event waits then, or is seen to be lost. */
export async function renamePipeline(
  db: Db,
  pipelineId: string,
  { name, position }: { readonly [Part in keyof Pipeline]: Pipeline[Part] | undefined },
): Promise<Pipeline> {
  const { rows } = await sql<Pipeline>`update stage set pipeline_name = coalesce(${name ?? null}, pipeline_name),
      pipeline_position = coalesce(${position ?? null}::integer, pipeline_position)
    where pipeline_id = ${pipelineId}::uuid returning pipeline_name as name, pipeline_position as position`.execute(db)
  const [pipeline] = rows
  if (!pipeline) throw new Error(`Nothing is known of pipeline ${pipelineId}.`)
  return pipeline
}

/** From now on no deal enters them; those that are there go on by a job. Throws where one is not known. */
export async function retireStages({ db, enqueue }: Telling, retired: readonly { stageId: string; into: string }[]): Promise<void> {
  for (const { stageId, into } of retired) {
    const { numUpdatedRows } = await db.updateTable('stage').set({ retiredInto: into }).where('id', '=', stageId).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new Error(`Nothing is known of stage ${stageId}.`)
    await enqueue(retireStage, { stageId }, { key: stageId, maxAttempts: MAX_ATTEMPTS })
  }
}
