import type { JudgeDuplicate, MergeRecord } from '@ai-crm/contracts'
import { recordLocked } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { readRecords } from '../merges/lock-records.ts'
import { pairOfOne, pairUnknown } from './errors.ts'

/**
 * Two that are not the same are never asked about again, until that is taken back: says whoever may change one of them. Repeated, it has no further effect.
 * Throws `pairUnknown`, `pairOfOne` (422), `recordLocked` (403).
 */
export async function judgePair(ctx: Ctx, record: MergeRecord, { oneId, otherId, status }: JudgeDuplicate): Promise<void> {
  if (oneId === otherId) throw pairOfOne()
  const [first = oneId, second = otherId] = [oneId, otherId].toSorted()
  await ctx.write(async ({ db }) => {
    const seen = (await readRecords(ctx, db, record, [oneId, otherId])).filter(({ isDeleted, mayRead }) => !isDeleted && mayRead)
    for (const [field, id] of [
      ['oneId', oneId],
      ['otherId', otherId],
    ] as const)
      if (!seen.some((each) => each.id === id)) throw pairUnknown(field)
    if (!seen.some(({ mayWrite }) => mayWrite)) throw recordLocked(record)
    const by = ctx.rights?.userId ?? null
    if (status === 'open') {
      await sql`update duplicate_pair set status = 'open', judged_at = now(), judged_by_id = ${by}
                 where one_id = ${first} and other_id = ${second} and status = 'dismissed' and score > 0`.execute(db)
      return
    }
    await sql`insert into duplicate_pair (record, one_id, other_id, score, reasons, status, judged_at, judged_by_id)
      values (${record}, ${first}, ${second}, 0, '{}', 'dismissed', now(), ${by})
      on conflict (organization_id, one_id, other_id) do update set status = 'dismissed', judged_at = excluded.judged_at, judged_by_id = excluded.judged_by_id
        where duplicate_pair.status = 'open'`.execute(db)
  })
}
