import type { GivenStage } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'

/** Of the ids that were given, those that a stage of the organisation has or had. */
export async function usedStageIds(db: Db, given: readonly GivenStage[]): Promise<ReadonlySet<string>> {
  const ids = given.flatMap(({ id }) => id ?? [])
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('stage').select('id').where('id', 'in', ids).execute()
  return new Set(rows.map(({ id }) => id))
}
