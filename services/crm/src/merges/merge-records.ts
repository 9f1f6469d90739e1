import type { Merge, MergedValues, MergeRecord, MergeRecords } from '@ai-crm/contracts'
import { notFound, recordLocked, versionConflict, writable } from '@ai-crm/platform'
import { sql } from 'kysely'
import { lockTree } from '../companies/company-tree.ts'
import { followCompany } from '../companies/follow-company.ts'
import type { Ctx } from '../ctx.ts'
import { mergedIntoItself, mergeUnderWay, otherChanged, otherUnknown, tooMuchTogether } from './errors.ts'
import { followMerge } from './follow-merge.ts'
import { lockRecords, type MergeableRecord } from './lock-records.ts'
import type { Writing } from './merge-of.ts'
import { findMerge, toMerge } from './merge.ts'
import { MERGE_KINDS } from './merge-kind.ts'
import { mergedValues, provenanceOf } from './merged-values.ts'
import { moveSome } from './move-children.ts'
import { placeInTree } from './place-in-tree.ts'
import { isOnItsWay } from './separation-obstacle.ts'
import { settlePair } from './settle-pair.ts'
import { listOf, SHAPES } from './record-values.ts'
import { requireChoices, requireMayMerge } from './require-choices.ts'

interface Merging extends MergeRecords {
  readonly survivorId: string
  readonly expectedVersion: number
}

/**
 * Takes the other record into this one, with what belongs to it; nothing of it is lost, and all of it can be undone (separate-records.ts). Throws 404,
 * `versionConflict`, `otherChanged`, `mergeUnderWay` (409), `recordLocked`, `permissionDenied`, `fieldDenied` (403), `mergedIntoItself`, `otherUnknown`, `noChoice`,
 * `tooMuchTogether`, `treeTooDeep` (422).
 */
export async function mergeRecords(ctx: Ctx, record: MergeRecord, merging: Merging): Promise<Merge> {
  const { survivorId, otherId } = merging
  return ctx.write(async (scope) => {
    if (record === 'company') await lockTree(ctx, scope.db)
    const [survivor, other] = requireBoth(ctx, await lockRecords(ctx, scope.db, record, [survivorId, otherId]), record, merging)
    if (await isOnItsWay(scope.db, { from: otherId, to: null })) throw mergeUnderWay()
    const united = mergedValues(SHAPES[record], survivor.values, other.values, new Set(merging.take))
    const changes = record === 'company' ? await placeInTree(scope.db, survivor, other, united) : united
    requireRoom(record, changes)
    const mergeId = await noteMerge(scope, record, survivor, other, changes)
    await unite(scope, record, mergeId, survivor, other, changes)
    const merge = { id: mergeId, record, survivorId, mergedId: otherId }
    const isLeft = await moveSome(scope, merge, 'skip')
    if (!isLeft) await scope.db.updateTable('recordMerge').set({ state: 'merged' }).where('id', '=', mergeId).execute()
    else await scope.enqueue(followMerge, { mergeId }, { key: mergeId })
    if (record === 'company' && changes['name']) await scope.enqueue(followCompany, { companyId: survivorId }, { key: survivorId })
    const row = await findMerge(ctx, scope.db, record, mergeId)
    if (!row) throw notFound('merge')
    return toMerge(row)
  })
}

function requireBoth(ctx: Ctx, locked: readonly MergeableRecord[], record: MergeRecord, { survivorId, otherId, expectedVersion, otherVersion, take }: Merging) {
  const seen = (id: string) => locked.find((each) => each.id === id && !each.isDeleted && each.mayRead)
  const survivor = writable(seen(survivorId), record)
  requireMayMerge(ctx, record)
  requireChoices(ctx, record, take)
  if (survivorId === otherId) throw mergedIntoItself()
  const other = seen(otherId)
  if (!other) throw otherUnknown('/otherId')
  if (!other.mayWrite) throw recordLocked(record)
  if (survivor.version !== expectedVersion) throw versionConflict(record, survivor.version)
  if (other.version !== otherVersion) throw otherChanged(other.version)
  return [survivor, other] as const
}

function requireRoom(record: MergeRecord, changes: MergedValues): void {
  for (const [field, { max }] of Object.entries(SHAPES[record].lists)) {
    const change = changes[field]
    if (change && listOf({ [field]: change.to }, field).length > max) throw tooMuchTogether(field, max)
  }
}

async function noteMerge(
  { db, origin }: Writing,
  record: MergeRecord,
  survivor: MergeableRecord,
  other: MergeableRecord,
  changes: MergedValues,
): Promise<string> {
  const { id } = await db
    .insertInto('recordMerge')
    .values({
      record,
      survivorId: survivor.id,
      mergedId: other.id,
      mergedName: other.name,
      state: 'moving',
      changes: JSON.stringify(changes),
      mergedBy: JSON.stringify(origin.actor),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The other one first: it frees the addresses that the survivor gets, and which nobody else can have taken before this is over. */
async function unite(
  scope: Writing,
  record: MergeRecord,
  mergeId: string,
  survivor: MergeableRecord,
  other: MergeableRecord,
  changes: MergedValues,
): Promise<void> {
  const kind = MERGE_KINDS[record]
  const told = { mergeId, mergedId: other.id, mergedName: other.name }
  const hasChanges = Object.keys(changes).length > 0
  const { db, emit } = scope
  await db
    .updateTable(record)
    .set({ deletedAt: sql<Date>`now()`, mergedInto: survivor.id, version: sql<number>`version + 1` })
    .where('id', '=', other.id)
    .execute()
  await db
    .updateTable(record)
    .set({ ...kind.columns(changes), version: sql<number>`version + ${hasChanges ? 2 : 1}`, updatedAt: sql<Date>`date_trunc('milliseconds', now())` })
    .where('id', '=', survivor.id)
    .execute()
  await emit(kind.deleted(other.id, survivor.id))
  if (hasChanges) await emit(kind.updated(survivor.id, changes))
  await emit(kind.merged(survivor.id, told, provenanceOf(SHAPES[record], survivor.values, other.values, changes)))
  await settlePair(db, record, [survivor.id, other.id], 'merged')
  if (record === 'contact') await uniteStories(scope, survivor.id, other.id)
}

/** New messages of the other's conversations are the survivor's, whoever was active last was. */
async function uniteStories({ db }: Writing, survivorId: string, otherId: string): Promise<void> {
  await Promise.all([
    db.updateTable('conversationContact').set({ contactId: survivorId }).where('contactId', '=', otherId).execute(),
    sql`update contact set last_activity_at = greatest(contact.last_activity_at, other.last_activity_at)
          from contact as other where contact.id = ${survivorId} and other.id = ${otherId}`.execute(db),
  ])
}
