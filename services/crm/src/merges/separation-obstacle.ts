import type { SeparationObstacle } from '@ai-crm/contracts'
import type { AppError } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import { alreadySeparated, mergeUnderWay, survivorGone } from './errors.ts'
import type { MergeableRecord } from './lock-records.ts'
import type { MergeRow } from './merge.ts'

const ERRORS: Readonly<Record<SeparationObstacle, () => AppError>> = {
  separated: alreadySeparated,
  'survivor-merged': () => survivorGone(true),
  'survivor-deleted': () => survivorGone(false),
  'under-way': mergeUnderWay,
}

/** Why the merge cannot be undone now; null where it can. */
export async function obstacleTo(db: Db, { state, survivorId, mergedId }: MergeRow, survivor: MergeableRecord | undefined): Promise<SeparationObstacle | null> {
  if (state === 'separating' || state === 'separated') return 'separated'
  if (!survivor || survivor.isDeleted) return survivor?.mergedInto ? 'survivor-merged' : 'survivor-deleted'
  return (await isOnItsWay(db, { from: mergedId, to: survivorId })) ? 'under-way' : null
}

export const obstacleError = (obstacle: SeparationObstacle): AppError => ERRORS[obstacle]()

/**
 * Nothing may go on to the record that another merge takes away in this moment. `from`: whose things stay or arrive there until the job is done; `to`: who is
 * only just getting theirs back. Both locked.
 */
export async function isOnItsWay(db: Db, { from, to }: { readonly from: string; readonly to: string | null }): Promise<boolean> {
  const { rows } = await sql<{ isOnItsWay: boolean }>`
    select exists (
      select from record_merge where state in ('moving', 'separating') and (survivor_id = ${from} or (state = 'separating' and merged_id in (${from}, ${to}::uuid)))
    ) as "isOnItsWay"`.execute(db)
  return rows[0]?.isOnItsWay ?? false
}
