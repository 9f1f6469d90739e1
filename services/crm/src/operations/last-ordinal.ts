import type { Db } from '../ctx.ts'

/** Past every row. */
export const END = 2_147_483_647

/** Of the rows that an operation has so far, up to `upTo`; null before the first. */
export async function lastOrdinal(db: Db, operationId: string, upTo = END): Promise<number | null> {
  const row = await db
    .selectFrom('operationRecord')
    .select('ordinal')
    .where('operationId', '=', operationId)
    .where('ordinal', '<=', upTo)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.ordinal ?? null
}
