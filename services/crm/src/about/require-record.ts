import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { recordUnknown, type About } from './errors.ts'
import { seen } from './seen.ts'

const TABLES = { contactId: 'contact', companyId: 'company', dealId: 'deal' } as const

/**
 * That whoever asks sees the record that something is to be about; it is kept from being deleted, or merged into another, until this transaction is
 * over. Throws `recordUnknown` (422).
 */
export async function requireRecord(ctx: Ctx, db: Db, field: About, id: string): Promise<void> {
  const { rows } = await sql`select from ${sql.table(TABLES[field])} as record where record.id = ${id} and record.deleted_at is null
    and ${seen[field](ctx, sql`${id}::uuid`)} for share of record`.execute(db)
  if (rows.length === 0) throw recordUnknown(field)
}
