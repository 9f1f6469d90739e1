import type { Db } from '../ctx.ts'

/** Of the rows that an operation has so far; null before the first. */
export async function lastOrdinal(db: Db, operationId: string): Promise<number | null> {
  const row = await db
    .selectFrom('operationRecord')
    .select('ordinal')
    .where('operationId', '=', operationId)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.ordinal ?? null
}
