import type { SearchedKind } from '@ai-crm/contracts'
import { ownersInReach, type OwnersInReach } from '@ai-crm/platform'
import { sql } from 'kysely'
import { seesAllRecords } from '../about/seen.ts'
import type { Ctx } from '../ctx.ts'
import { findInTables } from './find-in-tables.ts'
import type { RecordFinder } from './record-finder.ts'
import { SEARCHED_RECORDS } from './searched-record.ts'

/** By the index beside the database, where there is one and it answers: all kinds in one request. */
export const findInIndex: RecordFinder = async (ctx, { query, records, limit }) => {
  if (!ctx.search) return null
  const [words, owners] = await Promise.all([wordsOf(ctx, query), Promise.all(records.map((record) => reachOf(ctx, record)))])
  const reached = records.flatMap((record, at) => {
    const theirs = owners[at]
    return theirs ? [{ record, question: { ...words, kind: record, owners: theirs, limit } }] : []
  })
  const found = reached.map(({ question }) => question)
  const answers = found.length === 0 ? [] : await ctx.search.find(ctx.organizationId, found, ctx.signal)
  if (answers === null) return null
  const indexed = reached.flatMap(({ record }, at) => (answers[at] ?? []).map(({ id, rank }) => ({ record, id, rank: rankFor(ctx, record, rank) })))
  const others = records.filter((_, at) => owners[at] === null)
  return [...indexed, ...((await findInTables(ctx, { query, records: others, limit })) ?? [])]
}

/**
 * Whose are in reach; null where the index cannot know. Whoever sees some records only sees the tasks and notes about those: they are found in the
 * tables, for here most would be named in vain.
 */
async function reachOf(ctx: Ctx, record: SearchedKind): Promise<OwnersInReach | null> {
  if (record !== 'task' && record !== 'note') return ownersInReach(ctx, record)
  return seesAllRecords(ctx) ? 'all' : null
}

/** By its name only, and only for whoever may see that. */
const rankFor = (ctx: Ctx, record: SearchedKind, rank: number): number => (SEARCHED_RECORDS[record].isNameHidden(ctx) ? 0 : rank)

interface Words {
  readonly folded: string
  readonly switched: string
  readonly phone: string | null
}

/** Folded by PostgreSQL, as the documents are: the two cannot come to fold differently. */
async function wordsOf({ db }: Ctx, query: string): Promise<Words> {
  const { rows } = await sql<Words>`select crm.fold_text(${query}) as folded, crm.fold_text(platform.other_layout(${query})) as switched,
    trim(crm.phone_pattern(${query}), '%') as phone`.execute(db)
  return rows[0] ?? { folded: '', switched: '', phone: null }
}
