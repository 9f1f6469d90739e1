import type { Pipeline } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Write } from '../ctx.ts'
import { ensureFirstPipeline } from './ensure-first-pipeline.ts'
import { livingPipelines } from './pipeline.ts'

/** All that are not archived. One change at a time in an organisation: names, places and where deals go to are about all of them. */
export async function lockPipelines(scope: Write): Promise<Pipeline[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pipeline.pipeline:' || platform.current_organization()::text, 0))`.execute(scope.db)
  await ensureFirstPipeline(scope)
  return livingPipelines(scope.db)
}

/** The one that is to be changed, among all. Throws 404, or 409 when it has changed since it was read. */
export function pick(all: readonly Pipeline[], pipelineId: string, expectedVersion: number): Pipeline {
  const found = all.find(({ id }) => id === pipelineId)
  if (!found) throw notFound('pipeline')
  if (found.version !== expectedVersion) throw versionConflict('pipeline', found.version)
  return found
}
