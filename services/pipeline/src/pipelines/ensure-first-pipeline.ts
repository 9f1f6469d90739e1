import { FIRST_PIPELINE_NAME, FIRST_STAGES, pipelineCreated } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Write } from '../ctx.ts'
import { planSnapshots } from '../forecast/take-snapshots.ts'
import { storeStages } from './store-stages.ts'

/**
 * Nobody has to make the pipeline that an organisation begins with, and nobody waits for it: its id follows from the organisation, and CRM
 * knows its stages by the contracts.
 */
export async function ensureFirstPipeline({ db, emit, enqueue }: Write): Promise<void> {
  const made = await db
    .insertInto('pipeline')
    .values({ id: sql<string>`platform.derived_id('pipeline.first')`, name: FIRST_PIPELINE_NAME, position: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'name', 'position', 'lostReasons', 'handOver'])
    .executeTakeFirst()
  if (!made) return
  await storeStages(db, made.id, FIRST_STAGES)
  const { id: pipelineId, ...facts } = made
  await emit(pipelineCreated({ pipelineId, ...facts, stages: [...FIRST_STAGES] }))
  await planSnapshots({ enqueue })
}
