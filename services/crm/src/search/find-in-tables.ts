import type { SearchedKind } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../ctx.ts'
import type { Candidate, RecordAsk, RecordFinder } from './record-finder.ts'
import { SEARCHED_RECORDS } from './searched-record.ts'

/** By the trigrams that PostgreSQL keeps of every record: always there, never behind. All kinds in one statement. */
export const findInTables: RecordFinder = async (ctx, ask) => {
  const parts = ask.records.map((record) => sql`(${candidates(ctx, record, ask)})`)
  if (parts.length === 0) return []
  const { rows } = await sql<Candidate>`${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  return rows
}

function candidates(ctx: Ctx, record: SearchedKind, { query, limit }: RecordAsk): RawBuilder<unknown> {
  const { matching, inSight, isFoundByShown, recency } = SEARCHED_RECORDS[record]
  const id = sql.ref(`${record}.id`)
  // Ordered by its number: an order by an expression would be worked out for each leg of the union once more.
  return sql`select ${sql.lit(record)}::text as record, ${id} as id, ${rankOf(ctx, record, query)} as rank
    from ${sql.table(record)} where ${id} in (${matching(query)}) and ${inSight(ctx)} and ${isFoundByShown(ctx, query)}
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
