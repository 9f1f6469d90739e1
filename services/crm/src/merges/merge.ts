import type { Actor, Merge, MergedValues, MergeRecord } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { toInstant } from '../instant.ts'
import { MERGE_KINDS } from './merge-kind.ts'

export interface MergeRow extends Omit<Merge, 'mergedAt' | 'mergedBy' | 'separatedAt'> {
  readonly record: MergeRecord
  readonly changes: MergedValues
  readonly mergedBy: Actor
  readonly mergedAt: string
  readonly separatedAt: string | null
}

/** Merges whose survivor the asker may see, whatever has become of it. */
export const mergesOf = (ctx: Ctx, db: Db, record: MergeRecord) =>
  db
    .selectFrom('recordMerge')
    .select(['id', 'record', 'survivorId', 'mergedId', 'mergedName', 'state', 'changes', 'mergedBy'])
    .select([
      sql<string>`(select name from ${sql.table(record)} as survivor where survivor.id = record_merge.survivor_id)`.as('survivorName'),
      sql<string>`cast(merged_at as text)`.as('mergedAt'),
      sql<string | null>`cast(separated_at as text)`.as('separatedAt'),
    ])
    .where('record', '=', record)
    .where(
      sql<boolean>`exists (select from ${sql.table(record)} where ${sql.table(record)}.id = record_merge.survivor_id and ${MERGE_KINDS[record].mayRead(ctx)})`,
    )

export const toMerge = (row: MergeRow): Merge => ({
  id: row.id,
  survivorId: row.survivorId,
  survivorName: row.survivorName,
  mergedId: row.mergedId,
  mergedName: row.mergedName,
  state: row.state,
  mergedAt: toInstant(row.mergedAt),
  mergedBy: row.mergedBy,
  separatedAt: row.separatedAt === null ? null : toInstant(row.separatedAt),
})

/** Throws 404. */
export async function findMerge(ctx: Ctx, db: Db, record: MergeRecord, mergeId: string): Promise<MergeRow | undefined> {
  return mergesOf(ctx, db, record).where('id', '=', mergeId).executeTakeFirst()
}
