import { type MergeRecord, rulesWithin, type SeparationConflict, type SeparationPreview } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { belongingsOfMerge } from './belongings.ts'
import { readRecords } from './lock-records.ts'
import { findMerge, toMerge } from './merge.ts'
import { planSeparation } from './plan-separation.ts'
import { obstacleTo } from './separation-obstacle.ts'

/**
 * What undoing a merge would bring back and what it could not, without what a role hides; or why it cannot be undone. Planned as it will be done, in a
 * transaction that writes nothing. Throws 404.
 */
export async function previewSeparation(ctx: Ctx, record: MergeRecord, mergeId: string): Promise<SeparationPreview> {
  return ctx.write(async ({ db }) => {
    const merge = await findMerge(ctx, db, record, mergeId)
    if (!merge) throw notFound('merge')
    const [records, returns] = await Promise.all([readRecords(ctx, db, record, [merge.survivorId, merge.mergedId]), belongingsOfMerge(db, mergeId)])
    const survivor = records.find(({ id }) => id === merge.survivorId)
    const merged = records.find(({ id }) => id === merge.mergedId)
    const obstacle = await obstacleTo(db, merge, survivor)
    const conflicts = survivor && merged && obstacle === null ? (await planSeparation(ctx, db, merge, survivor, merged)).conflicts : []
    return { merge: toMerge(merge), obstacle, conflicts: shown(ctx, record, conflicts), returns }
  })
}

function shown({ rights }: Ctx, record: MergeRecord, conflicts: readonly SeparationConflict[]): SeparationConflict[] {
  const rules = rulesWithin(record, rights?.fields[record])
  return conflicts.filter(({ field }) => rules[field] !== 'hidden')
}
