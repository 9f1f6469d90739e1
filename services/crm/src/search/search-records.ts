import type { FoundRecords, RecordSearch } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { findInIndex } from './find-in-index.ts'
import { findInTables } from './find-in-tables.ts'
import { loadFound } from './load-found.ts'
import type { RecordAsk, RecordFinder } from './record-finder.ts'
import { kindsFor } from './searched-record.ts'

/** Of candidates some may be gone or out of reach: so many more than are shown are asked for, and where that is too few, so many. */
const SPARE = [2, 20] as const

/** What people look for, among everything that they may see. */
export async function searchRecords(ctx: Ctx, { query, record, limit }: RecordSearch): Promise<FoundRecords> {
  const ask: RecordAsk = { query, records: kindsFor(ctx, record), limit }
  return (await foundBy(findInIndex, ctx, ask)) ?? (await foundBy(findInTables, ctx, ask)) ?? NOTHING
}

const NOTHING: FoundRecords = { order: [], contacts: [], companies: [], deals: [], tasks: [], notes: [] }

async function foundBy(find: RecordFinder, ctx: Ctx, ask: RecordAsk): Promise<FoundRecords | null> {
  let found: FoundRecords | null = null
  for (const spare of SPARE) {
    const asked = ask.limit * spare
    const candidates = await find(ctx, { ...ask, limit: asked })
    if (candidates === null) return null
    found = await loadFound(ctx, ask.query, candidates, ask.limit)
    if (!isThin(found, ask, asked, candidates)) break
  }
  return found
}

/** A kind of which as many were found as were asked for, and fewer than are wanted came through. */
function isThin(found: FoundRecords, { records, limit }: RecordAsk, asked: number, candidates: readonly { record: string }[]): boolean {
  const shown = { contact: found.contacts, company: found.companies, deal: found.deals, task: found.tasks, note: found.notes }
  return records.some((record) => shown[record].length < limit && candidates.filter((candidate) => candidate.record === record).length >= asked)
}
