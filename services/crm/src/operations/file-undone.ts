import { sql } from 'kysely'
import type { Db } from '../ctx.ts'
import type { Item } from './do-batch.ts'
import { END, lastOrdinal } from './last-ordinal.ts'

/** Rows of the operation that one statement looks at: an import has a million of them, and a statement five seconds. */
const ROWS_AT_ONCE = 1_000

const changedIn = (operationId: string) => sql`operation_id = ${operationId}::uuid and outcome = 'changed' and record_id is not null`

/**
 * Rows of what is undone before `before`, from the last to the first. Where a record is in several of them (an import has it so), the last one stands for
 * all, with the first and the last version that they made.
 */
const changedBefore = (operationId: string, before: number, limit: number) => sql`
  select changed.ordinal, changed.record_id, every.first, every.last, every.ordinal = changed.ordinal as stands_for_all
    from (select ordinal, record_id from operation_record
           where ${changedIn(operationId)} and ordinal < ${before} order by ordinal desc limit ${limit}) as changed
    cross join lateral (select min(first_version) as first, max(last_version) as last, max(ordinal) as ordinal from operation_record as same
           where ${changedIn(operationId)} and same.record_id = changed.record_id) as every`

/** How many records an operation has changed. */
export async function countChanged(db: Db, operationId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (select from operation_record where ${changedIn(operationId)} group by record_id) as each`.execute(db)
  return rows[0]?.count ?? 0
}

/** The last records that it has changed, in the order in which they are taken back. */
export async function lastChanged(db: Db, operationId: string, limit: number): Promise<Item[]> {
  const { rows } = await sql<Omit<Item, 'ordinal'>>`
    select record_id as "recordId", first, last from (${changedBefore(operationId, END, limit)}) as each
     where stands_for_all order by ordinal desc`.execute(db)
  return rows.map((row, ordinal) => ({ ordinal, ...row }))
}

/**
 * Puts the next records to be taken back beside the operation that does so. It is done as they are needed: what is filed says where to go on, for its
 * ordinals count from the last row of what is undone; those behind are of what an import made (`operation-made.ts`). Files nothing where nothing is left.
 */
export async function fileNextUndone(db: Db, operationId: string, undoneId: string): Promise<void> {
  const top = (await lastOrdinal(db, undoneId)) ?? 0
  const filed = await lastOrdinal(db, operationId, top)
  for (let before: number | null = filed === null ? END : top - filed; before !== null;) {
    const { rows } = await sql<{ count: number; next: number | null }>`
      with each as materialized (${changedBefore(undoneId, before, ROWS_AT_ONCE)}), filed as (
        insert into operation_record (operation_id, ordinal, record_id, first_version, last_version)
        select ${operationId}::uuid, ${top}::integer - ordinal, record_id, first, last from each where stands_for_all
        returning 1)
      select (select count(*)::integer from filed) as count, min(ordinal) as next from each`.execute(db)
    before = rows[0]?.count === 0 ? rows[0].next : null
  }
}
