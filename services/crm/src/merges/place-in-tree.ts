import type { MergedValues } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { ancestorsOf, levelsOf, MAX_LEVELS } from '../companies/company-tree.ts'
import { treeTooDeep } from '../companies/errors.ts'
import type { Db } from '../ctx.ts'
import type { MergeableRecord } from './lock-records.ts'

/**
 * What the survivor belongs to, where one of the two is above the other: above, the survivor stays where it is; below, it takes the other's place.
 * After lockTree. Throws `treeTooDeep` (422).
 */
export async function placeInTree(db: Db, survivor: MergeableRecord, other: MergeableRecord, changes: MergedValues): Promise<MergedValues> {
  const [from, place] = [survivor.values['parentId'] ?? null, other.values['parentId'] ?? null]
  const [aboveSurvivor, aboveOther] = [await ancestorsOf(db, survivor.id), await ancestorsOf(db, other.id)]
  const { parentId: chosen, ...others } = changes
  const to = aboveSurvivor.includes(other.id) ? place : aboveOther.includes(survivor.id) ? from : chosen ? chosen.to : from
  const above = typeof to === 'string' ? (await ancestorsOf(db, to)).length : 0
  const below = Math.max(await levelsOf(db, survivor.id), await levelsOf(db, other.id))
  if (above + below > MAX_LEVELS) throw treeTooDeep(MAX_LEVELS)
  return to === from ? others : { ...others, parentId: { from, to } }
}

/** What belongs to what once a merge is undone: `children` to `mergedId` again, the survivor to `survivorParentId`. */
export interface TreeAfter {
  readonly children: readonly string[]
  readonly mergedId: string
  readonly survivorId: string
  readonly survivorParentId: string | null
}

/** Whether the company may then belong to the parent, which lives and does not belong to it. After lockTree. */
export async function mayBelongTo(db: Db, companyId: string, parentId: string, after: TreeAfter): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    with recursive above (id, level) as (
      select id, 1 from company where id = ${parentId} and (deleted_at is null or id = ${after.mergedId})
      union all
      select next.id, above.level + 1 from above
        join company on company.id = above.id
        join company as next on next.id = case
          when company.id = any(${after.children}::uuid[]) then ${after.mergedId}::uuid
          when company.id = ${after.survivorId} then ${after.survivorParentId}::uuid
          else company.parent_id end
       where above.level <= ${MAX_LEVELS}
    )
    select id from above`.execute(db)
  return rows.length > 0 && rows.length <= MAX_LEVELS && rows.every(({ id }) => id !== companyId)
}
