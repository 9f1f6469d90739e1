import { sql } from 'kysely'
import type { Db } from '../../ctx.ts'

/** Somebody has signed in here completely: from now on the device is known as theirs. */
export async function knowDevice(db: Db, userId: string, deviceDigest: Buffer): Promise<void> {
  await db
    .insertInto('knownDevice')
    .values({ userId, deviceDigest })
    .onConflict((conflict) => conflict.columns(['userId', 'deviceDigest']).doUpdateSet({ lastSeenAt: sql<Date>`now()` }))
    .execute()
}
