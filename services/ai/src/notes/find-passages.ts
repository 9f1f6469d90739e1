import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'

export interface Passage {
  noteId: string
  title: string
  body: string
}

/** One word of the title, or two of the text: less is chance. */
const RELEVANT_SCORE = 2
/** Share of a title's trigrams that a stretch of the query has: "refnds" finds "Refunds". */
const ALIKE = 0.5
const MAX_QUERY_LENGTH = 4000

/**
 * Passages of the organisation's notes that speak about the query, best first. Counts the query's different word
 * stems (Russian and English, without stop words) that a passage has; a stem in the title counts double, and a title
 * that the query resembles but for a slip counts as one.
 */
export async function findPassages({ db }: Pick<Ctx, 'db'>, query: string, limit: number): Promise<Passage[]> {
  const { rows } = await sql<Passage>`
    with asked as (
      select query, tsvector_to_array(to_tsvector('russian', query)) as stems from cast(${query.slice(0, MAX_QUERY_LENGTH)} as text) as query
    ),
    scored as (
      select passage.note_id, passage.position, passage.title, passage.body,
             2 * (select count(*) from unnest(tsvector_to_array(ts_filter(passage.search, '{a}'))) as stem where stem = any (asked.stems))
               + (select count(*) from unnest(tsvector_to_array(ts_filter(passage.search, '{b}'))) as stem where stem = any (asked.stems))
               + case when word_similarity(passage.title, asked.query) >= ${ALIKE} then ${RELEVANT_SCORE}::integer else 0 end as score
      from note_passage as passage, asked
    )
    select note_id, title, body from scored
    where score >= ${RELEVANT_SCORE}
    order by score desc, length(body), note_id, position
    limit ${limit}`.execute(db)
  return rows
}
