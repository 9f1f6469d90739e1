import type { MergedValues, SeparationConflict } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Db } from '../ctx.ts'
import { fitValues, withoutTaken } from './fit-values.ts'
import { type MergeableRecord, readRecords } from './lock-records.ts'
import type { MergeRow } from './merge.ts'
import type { TreeAfter } from './place-in-tree.ts'
import { isSame, SHAPES, type Values } from './record-values.ts'
import { separatedValues, type StandingMerge } from './separated-values.ts'

export interface SeparationPlan {
  /** Of the survivor, from → to. */
  readonly changes: MergedValues
  /** The other one as it can be now: its own values, as far as they differ from what its row says. */
  readonly restored: MergedValues
  readonly conflicts: readonly SeparationConflict[]
  readonly later: readonly StandingMerge[]
}

/** What undoing the merge does, as things stand: for who looks and for who does it alike. */
export async function planSeparation(ctx: Ctx, db: Db, merge: MergeRow, survivor: MergeableRecord, merged: MergeableRecord): Promise<SeparationPlan> {
  const { record } = merge
  const separation = separatedValues(SHAPES[record], survivor.values, merge.changes, await laterMerges(ctx, db, merge))
  const tree = record === 'company' ? await treeAfter(db, merge, survivor.values['parentId']) : null
  const back = await fitValues(db, record, survivor.id, Object.fromEntries(Object.entries(separation.changes).map(([field, { to }]) => [field, to])), tree)
  const changes = Object.entries(separation.changes).flatMap(([field, { from }]) =>
    isSame(from, back.values[field]) ? [] : [[field, { from, to: back.values[field] }]],
  )
  const taken = await withoutTaken(db, record, survivor.id, merged.values)
  const fitted = await fitValues(
    db,
    record,
    merged.id,
    { ...merged.values, ...taken.values },
    tree && { ...tree, survivorParentId: parentOf(back.values['parentId'] ?? survivor.values['parentId']) },
  )
  const edited = separation.conflicts.map((field) => ({ field, reason: 'edited' as const, value: forPeople(merge.changes[field]?.from) }))
  return {
    changes: Object.fromEntries(changes),
    restored: differences(merged.values, fitted.values),
    conflicts: [...edited, ...back.conflicts, ...taken.conflicts, ...fitted.conflicts],
    later: separation.later,
  }
}

const differences = (from: Values, to: Values): MergedValues =>
  Object.fromEntries(Object.entries(to).flatMap(([field, value]) => (isSame(from[field], value) ? [] : [[field, { from: from[field] ?? null, to: value }]])))

const Named = z.union([
  z.object({ company: z.string() }).transform(({ company }) => company),
  z.object({ consent: z.string() }).transform(({ consent }) => consent),
])

function forPeople(value: unknown): string | null {
  if (typeof value === 'string') return value
  const place = Named.safeParse(value)
  return place.success ? place.data : value === null || value === undefined ? null : JSON.stringify(value)
}

async function laterMerges(ctx: Ctx, db: Db, { id, record, survivorId }: MergeRow): Promise<StandingMerge[]> {
  const rows = await db
    .selectFrom('recordMerge')
    .select(['id', 'mergedId', 'changes'])
    .where('survivorId', '=', survivorId)
    .where('state', 'in', ['moving', 'merged'])
    .where('id', '>', id)
    .orderBy('id')
    .execute()
  if (rows.length === 0) return []
  const records = await readRecords(
    ctx,
    db,
    record,
    rows.map(({ mergedId }) => mergedId),
  )
  return rows.map((row) => ({ id: row.id, changes: row.changes, merged: records.find((each) => each.id === row.mergedId)?.values ?? {} }))
}

const parentOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

async function treeAfter(db: Db, { id, survivorId, mergedId }: MergeRow, survivorParent: unknown): Promise<TreeAfter> {
  const { rows } = await sql<{ id: string }>`select child_id as id from merge_child where merge_id = ${id} and kind = 'company'`.execute(db)
  return { children: rows.map((row) => row.id), mergedId, survivorId, survivorParentId: parentOf(survivorParent) }
}
