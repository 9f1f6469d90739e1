import type { SearchedKind } from '@ai-crm/contracts'
import { reachesAll } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { seesAllRecords } from '../about/seen.ts'
import { isFoundByShown } from '../lists/found-by-shown.ts'
import type { Candidate, RecordAsk, RecordFinder } from './record-finder.ts'
import { SEARCHED_RECORDS } from './searched-record.ts'

/** By the trigrams that PostgreSQL keeps of every record: always there, never behind. All kinds in one statement. */
export const findInTables: RecordFinder = (ctx, ask) =>
  find(ctx, ask, (record) => {
    const { matching, shownWords } = SEARCHED_RECORDS[record]
    const shown = shownWords(ctx)
    const isSeenWhole = shown === null && seesAll(ctx, record)
    return { matching: isSeenWhole ? someOf(record, ask.query) : matching(ask.query), isShown: isFoundByShown(shown, ask.query) }
  })

/** Of more it would be worked out for each how well it fits. */
const MOST = 1_000

/**
 * So many that have the words, and so many that are called as they begin: the best are among them, and all where those are fewer. Only for whoever
 * sees every one of them, for else what is in reach may not be among the first.
 */
function someOf(record: SearchedKind, query: string): RawBuilder<unknown> {
  const { foldedName, isNameIndexed } = SEARCHED_RECORDS[record]
  const some = sql`select crm.search_some(${record}, ${query}, ${MOST})`
  if (!isNameIndexed) return some
  const folded = sql`(select crm.fold_text(${query}))`
  return sql`${some} union (select id from ${sql.table(record)} where deleted_at is null and ${foldedName} >= ${folded}
    and ${foldedName} < ${folded} || chr(1114111) order by ${foldedName} limit ${MOST})`
}

/** Words that are misspelt in what the asker may see, whatever is hidden from them. Only of records that have hidden fields. */
export const findAlike: RecordFinder = (ctx, ask) =>
  find(ctx, ask, (record) => ({ matching: sql`select crm.search_alike(${record}, ${ask.query})`, isShown: isAlikeByShown(ctx, record, ask.query) }))

export const isAlikeByShown = (ctx: Ctx, record: SearchedKind, query: string): RawBuilder<boolean> =>
  sql<boolean>`crm.has_alike_words(${SEARCHED_RECORDS[record].shownWords(ctx) ?? SEARCHED_RECORDS[record].words}, ${query})`

/** Which ids, and whether what the asker may see is why. */
interface Match {
  readonly matching: RawBuilder<unknown>
  readonly isShown: RawBuilder<boolean>
}

const seesAll = (ctx: Ctx, record: SearchedKind): boolean => (record === 'task' || record === 'note' ? seesAllRecords(ctx) : reachesAll(ctx, record, 'read'))

async function find(ctx: Ctx, ask: RecordAsk, matchOf: (record: SearchedKind) => Match): Promise<readonly Candidate[]> {
  const parts = ask.records.map((record) => sql`(${candidates(ctx, record, ask, matchOf(record))})`)
  if (parts.length === 0) return []
  const { rows } = await sql<Candidate>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  return rows
}

function candidates(ctx: Ctx, record: SearchedKind, { query, limit }: RecordAsk, { matching, isShown }: Match): RawBuilder<unknown> {
  const { inSight, recency } = SEARCHED_RECORDS[record]
  const id = sql.ref(`${record}.id`)
  // Ordered by its number: an order by an expression would be worked out for each leg of the union once more.
  return sql`select ${sql.lit(record)}::text as record, ${id} as id, ${rankOf(ctx, record, query)} as rank
    from ${sql.table(record)} where ${id} in (${matching}) and ${inSight(ctx)} and ${isShown}
    order by 3 desc, ${recency} desc, ${id} desc limit ${limit}`
}

/** By its name only, and only for whoever may see that: an order can tell, too. */
function rankOf(ctx: Ctx, record: SearchedKind, query: string): RawBuilder<number> {
  const { isNameHidden, foldedName: called } = SEARCHED_RECORDS[record]
  if (isNameHidden(ctx)) return sql<number>`0`
  const folded = sql`(select crm.fold_text(${query}))`
  return sql<number>`case when ${called} = ${folded} then 3 when starts_with(${called}, ${folded}) then 2
    when strpos(' ' || ${called}, ' ' || ${folded}) > 0 then 1 else 0 end`
}
