import type { LiveUpdate } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { fromRow, UPDATE_COLUMNS } from './live-update.ts'
import { readSequence } from './read-updates.ts'

/** When more than this happened meanwhile, fetching everything costs a screen less than each of them. */
const MAX_RECENT = 50
/** So much later than its number a projection of another service may show what happened; what was being committed is covered as well. */
const LAG_MS = 5_000

export interface Recent {
  /** The newest number before them. */
  readonly sequence: number
  /** All updates after it, in order. */
  readonly updates: readonly LiveUpdate[]
}

/** What was numbered in the last `ageMs` and a little before; null where it is too much, or the log may not reach back as far. */
export async function readRecent(ctx: Pick<Ctx, 'db'>, ageMs: number): Promise<Recent | null> {
  const newest = await ctx.db
    .selectFrom('liveUpdate')
    .select(UPDATE_COLUMNS)
    .select(sql<boolean>`numbered_at > clock_timestamp() - make_interval(secs => ${(ageMs + LAG_MS) / 1000}::double precision)`.as('isRecent'))
    .orderBy('sequence', 'desc')
    .limit(MAX_RECENT + 1)
    .execute()
  const recent = newest.filter(({ isRecent }) => isRecent).toReversed()
  const [first] = recent
  if (!first) return { sequence: newest[0]?.sequence ?? (await readSequence(ctx)), updates: [] }
  if (recent.length === newest.length && first.sequence > 1) return null
  return { sequence: first.sequence - 1, updates: recent.map(({ isRecent: _isRecent, ...row }) => fromRow(row)) }
}
