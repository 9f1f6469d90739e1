import type { LiveUpdate } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { fromRow, UPDATE_COLUMNS } from './live-update.ts'

/** Who missed more than this fetches what it shows anew, which costs less. */
const MAX_REPLAY = 500

export type Missed = { readonly kind: 'updates'; readonly updates: readonly LiveUpdate[] } | { readonly kind: 'reset'; readonly sequence: number }

/** The newest number of the organisation; 0 before its first update. */
export async function readSequence(ctx: Pick<Ctx, 'db'>): Promise<number> {
  const row = await ctx.db.selectFrom('liveSequence').select('lastSequence').executeTakeFirst()
  return row?.lastSequence ?? 0
}

/** All updates after `after` without a gap, or `reset` where the log no longer has them (or never gave that number). */
export async function readMissed(ctx: Pick<Ctx, 'db'>, after: number): Promise<Missed> {
  const sequence = await readSequence(ctx)
  if (after === sequence) return { kind: 'updates', updates: [] }
  if (after > sequence || sequence - after > MAX_REPLAY) return { kind: 'reset', sequence }
  const rows = await ctx.db
    .selectFrom('liveUpdate')
    .select(UPDATE_COLUMNS)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(MAX_REPLAY + 100)
    .execute()
  return rows[0]?.sequence === after + 1 ? { kind: 'updates', updates: rows.map(fromRow) } : { kind: 'reset', sequence }
}
