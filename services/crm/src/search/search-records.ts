import type { FoundRecords, RecordSearch, SearchedKind } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { isFoundByShown } from '../lists/found-by-shown.ts'
import { findInIndex } from './find-in-index.ts'
import { findAlike, findInTables, isAlikeByShown } from './find-in-tables.ts'
import { loadFound, type IsShown } from './load-found.ts'
import type { Candidate, RecordAsk, RecordFinder } from './record-finder.ts'
import { kindsFor, SEARCHED_RECORDS } from './searched-record.ts'

/** Of candidates some may be gone or out of reach: so many more than are shown are asked for, and where that is too few, so many. */
const SPARE = [2, 20] as const

/** What people look for, among everything that they may see. */
export async function searchRecords(ctx: Ctx, { query, record, limit }: RecordSearch): Promise<FoundRecords> {
  const ask: RecordAsk = { query, records: kindsFor(ctx, record), limit }
  const isShown: IsShown = (kind) => isFoundByShown(SEARCHED_RECORDS[kind].shownWords(ctx), query)
  const found = (await foundBy(findInIndex, ctx, ask, isShown)) ?? (await foundBy(findInTables, ctx, ask, isShown)) ?? NOTHING
  const blurred = ask.records.filter((kind) => SEARCHED_RECORDS[kind].shownWords(ctx) !== null && shownOf(found, kind).length === 0)
  if (blurred.length === 0) return found
  const alike = await foundBy(findAlike, ctx, { ...ask, records: blurred }, (kind) => isAlikeByShown(ctx, kind, query))
  return alike ? beside(found, alike) : found
}

const NOTHING: FoundRecords = { order: [], contacts: [], companies: [], deals: [], tasks: [], notes: [] }

/** Two that have no kind in common. */
const beside = (one: FoundRecords, other: FoundRecords): FoundRecords => ({
  order: [...one.order, ...other.order],
  contacts: [...one.contacts, ...other.contacts],
  companies: [...one.companies, ...other.companies],
  deals: [...one.deals, ...other.deals],
  tasks: [...one.tasks, ...other.tasks],
  notes: [...one.notes, ...other.notes],
})

const shownOf = (found: FoundRecords, kind: SearchedKind): readonly unknown[] =>
  ({ contact: found.contacts, company: found.companies, deal: found.deals, task: found.tasks, note: found.notes })[kind]

async function foundBy(find: RecordFinder, ctx: Ctx, ask: RecordAsk, isShown: IsShown): Promise<FoundRecords | null> {
  let found: FoundRecords | null = null
  for (const spare of SPARE) {
    const asked = ask.limit * spare
    const candidates = await find(ctx, { ...ask, limit: asked })
    if (candidates === null) return null
    found = await loadFound(ctx, candidates, ask.limit, isShown)
    if (!isThin(found, ask, asked, candidates)) break
  }
  return found
}

/** A kind of which as many were found as were asked for, and fewer than are wanted came through. */
const isThin = (found: FoundRecords, { records, limit }: RecordAsk, asked: number, candidates: readonly Candidate[]): boolean =>
  records.some((record) => shownOf(found, record).length < limit && candidates.filter((candidate) => candidate.record === record).length >= asked)
