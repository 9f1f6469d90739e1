import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { recordUnknown, type About } from './errors.ts'
import { seen } from './seen.ts'

/** That whoever asks sees the record that something is to be about. Throws `recordUnknown` (422). */
export async function requireRecord(ctx: Ctx, db: Db, field: About, id: string): Promise<void> {
  const { rows } = await sql<{ isSeen: boolean }>`select ${seen[field](ctx, sql`${id}::uuid`)} as "isSeen"`.execute(db)
  if (!rows[0]?.isSeen) throw recordUnknown(field)
}
