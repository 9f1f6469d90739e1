import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/**
 * Until the end of the transaction, nobody else stores a message from this address or links a contact with it: else
 * each of the two could miss what the other is about to commit.
 */
export async function lockAddress(db: Db, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(platform.current_organization()::text || ${address}::text, 0))`.execute(db)
}
