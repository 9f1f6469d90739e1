import type { Merge, MergedValues, MergeRecord } from '@ai-crm/contracts'
import { notFound, writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import { lockTree } from '../companies/company-tree.ts'
import { followCompany } from '../companies/follow-company.ts'
import type { Ctx, Db } from '../ctx.ts'
import { storedCustom } from '../fields/custom-column.ts'
import { followMerge } from './follow-merge.ts'
import { lockRecords, type MergeableRecord, readRecords } from './lock-records.ts'
import type { Writing } from './merge-of.ts'
import { findMerge, type MergeRow, toMerge } from './merge.ts'
import { MERGE_KINDS } from './merge-kind.ts'
import { returnSome } from './move-children.ts'
import { planSeparation, type SeparationPlan } from './plan-separation.ts'
import { obstacleError, obstacleTo } from './separation-obstacle.ts'
import { settlePair } from './settle-pair.ts'
import { requireMayMerge } from './require-choices.ts'
import { takenByAnother } from './taken-by-another.ts'
import { activityOfParted } from './parted-activity.ts'

/**
 * Undoes a merge, whatever has happened since: both records have what was theirs, and what belongs to them. What people have changed after the merge
 * stays with the survivor. Merges into the same record can be undone in any order. Throws 404, `alreadySeparated`, `survivorGone`, `mergeUnderWay`,
 * `emailTaken`, `telegramTaken`, `domainTaken` (409), `recordLocked`, `permissionDenied` (403).
 */
export async function separateRecords(ctx: Ctx, record: MergeRecord, mergeId: string): Promise<Merge> {
  return ctx.write(async (scope) => {
    const { db } = scope
    if (record === 'company') await lockTree(ctx, db)
    const { survivor, merged } = await lockBoth(ctx, db, record, mergeId)
    // Read again, now that nobody else is at it.
    const merge = await findMerge(ctx, db, record, mergeId)
    if (!merge) throw notFound('merge')
    const obstacle = await obstacleTo(db, merge, survivor)
    if (obstacle !== null) throw obstacleError(obstacle)

    const plan = await planSeparation(ctx, db, merge, survivor, merged)
    await part(scope, merge, survivor, merged, plan)
    const of = { id: mergeId, record, survivorId: survivor.id, mergedId: merged.id }
    const isLeft = await returnSome(scope, of, 'skip')
    if (record === 'contact') await activityOfParted(db, [survivor.id, merged.id])
    if (!isLeft) await db.updateTable('recordMerge').set({ state: 'separated' }).where('id', '=', mergeId).execute()
    else await scope.enqueue(followMerge, { mergeId }, { key: mergeId })
    if (record === 'company' && plan.changes['name']) await scope.enqueue(followCompany, { companyId: survivor.id }, { key: survivor.id })
    return toMerge((await findMerge(ctx, db, record, mergeId)) ?? merge)
  })
}

/** The merges before the records, as the job that follows them does. */
async function lockBoth(ctx: Ctx, db: Db, record: MergeRecord, mergeId: string) {
  const found = await findMerge(ctx, db, record, mergeId)
  if (!found) throw notFound('merge')
  await db.selectFrom('recordMerge').select('id').where('survivorId', '=', found.survivorId).orderBy('id').forUpdate().execute()
  const locked = await lockRecords(ctx, db, record, [found.survivorId, found.mergedId])
  const survivor = writable(
    locked.find(({ id, mayRead }) => id === found.survivorId && mayRead),
    record,
  )
  requireMayMerge(ctx, record)
  const merged = locked.find(({ id }) => id === found.mergedId)
  if (!merged) throw notFound('merge')
  return { survivor, merged }
}

/** The survivor first: it gives the addresses back that the other one gets. */
async function part(scope: Writing, merge: MergeRow, survivor: MergeableRecord, merged: MergeableRecord, plan: SeparationPlan): Promise<void> {
  const { db, emit } = scope
  const kind = MERGE_KINDS[merge.record]
  const hasChanges = Object.keys(plan.changes).length > 0
  const written = [
    db
      .updateTable(merge.record)
      .set({ ...kind.columns(plan.changes), version: sql<number>`version + ${hasChanges ? 2 : 1}`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
      .where('id', '=', survivor.id)
      .execute(),
    db
      .updateTable(merge.record)
      .set({
        ...kind.columns(plan.restored),
        deletedAt: null,
        mergedInto: null,
        version: sql<number>`version + 1`,
        updatedAt: sql<Date>`date_trunc('milliseconds', now())`,
      })
      .where('id', '=', merged.id)
      .execute(),
  ]
  await Promise.all(written).catch((error: unknown) => {
    throw takenByAnother(merge.record, error, { ...merged.values, ...newValuesOf(plan.restored) })
  })
  if (hasChanges) await emit(kind.updated(survivor.id, plan.changes))
  const told = { mergeId: merge.id, mergedId: merged.id, mergedName: merge.mergedName }
  const edited = plan.conflicts.flatMap(({ field, reason }) => (reason === 'edited' ? [field] : []))
  await emit(kind.unmerged(survivor.id, told, edited))
  await emit(kind.restored(merged.id, survivor.id, await wholeRow(db, merge.record, merged.id)))
  await settlePair(db, merge.record, [survivor.id, merged.id], 'dismissed')
  await remember(scope, merge, plan)
}

const newValuesOf = (changes: MergedValues) => Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]))

/** With the values of deleted fields, which the row keeps as well. */
async function wholeRow(db: Db, record: MergeRecord, id: string): Promise<object> {
  const [[row], stored] = await Promise.all([readRecords({}, db, record, [id]), storedCustom(db, record, [id])])
  return { ...row?.item, custom: stored.get(id) ?? {} }
}

async function remember({ db }: Writing, merge: MergeRow, { later }: SeparationPlan): Promise<void> {
  await db
    .updateTable('recordMerge')
    .set({ state: 'separating', separatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', '=', merge.id)
    .execute()
  for (const { id, changes } of later)
    await db
      .updateTable('recordMerge')
      .set({ changes: JSON.stringify(changes) })
      .where('id', '=', id)
      .execute()
}
