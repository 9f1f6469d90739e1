import type { FoundRecords, RecordSearch } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { findInTables } from './find-in-tables.ts'
import { loadFound } from './load-found.ts'
import { kindsFor } from './searched-record.ts'

/** What people look for, among everything that they may see. */
export async function searchRecords(ctx: Ctx, { query, record, limit }: RecordSearch): Promise<FoundRecords> {
  const ask = { query, records: kindsFor(ctx, record), limit }
  const candidates = (await findInTables(ctx, ask)) ?? []
  return loadFound(ctx, query, candidates, limit)
}
