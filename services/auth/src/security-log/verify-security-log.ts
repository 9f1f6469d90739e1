import type { SecurityLogVerdict } from '@ai-crm/contracts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Entries per statement: well below the time that a statement may take. */
const BATCH = 5_000
const GENESIS = Buffer.alloc(32)

/** What is known to be as it was written: the position and hash of an entry, or of the beginning. */
interface Link {
  readonly sequence: number
  readonly hash: Buffer
}

const Checked = z.object({
  seen: z.number(),
  broken: z.number().nullable(),
  lastSequence: z.number().nullable(),
  lastHash: z.instanceof(Buffer).nullable(),
})

/**
 * Walks the whole chain, entry by entry, in PostgreSQL: numbers without gaps, each hash over its own contents and over
 * the hash before. Compared with what the last daily check saw, so that a shortened or rewritten log shows as well.
 */
export async function verifySecurityLog(ctx: Ctx): Promise<SecurityLogVerdict> {
  const anchor = await ctx.db.selectFrom('securityLogCheck').select(['sequence', 'hash']).executeTakeFirst()
  let sound: Link = { sequence: 0, hash: GENESIS }
  let broken: number | null = null
  let isAnchorSeen = !anchor || anchor.sequence === 0
  for (;;) {
    ctx.signal.throwIfAborted()
    const limit = anchor && sound.sequence < anchor.sequence ? Math.min(BATCH, anchor.sequence - sound.sequence) : BATCH
    const { seen, broken: found, lastSequence, lastHash } = await checkBatch(ctx, sound, limit)
    if (lastSequence !== null && lastHash !== null) sound = { sequence: lastSequence, hash: lastHash }
    broken = found
    if (anchor && sound.sequence === anchor.sequence) {
      isAnchorSeen = true
      if (!sound.hash.equals(anchor.hash)) broken ??= anchor.sequence
    }
    if (broken !== null || seen < limit) break
  }
  if (broken === null && !isAnchorSeen) broken = sound.sequence + 1
  return {
    isSound: broken === null,
    checkedCount: sound.sequence,
    brokenSequence: broken,
    lastHash: sound.sequence === 0 ? null : sound.hash.toString('hex'),
    checkedAt: new Date().toISOString(),
  }
}

/** The next entries after a sound one: how many there are, the first wrong one, and the last sound one before it. */
async function checkBatch(ctx: Ctx, { sequence, hash }: Link, limit: number): Promise<z.infer<typeof Checked>> {
  const { rows } = await sql`
    with entry as (
      select e.sequence, e.hash,
        e.sequence <> ${sequence}::bigint + row_number() over (order by e.sequence)
          or e.prev_hash <> lag(e.hash, 1, ${hash}::bytea) over (order by e.sequence)
          or e.hash <> auth.security_event_hash(e) as is_broken
      from auth.security_event e
      where e.organization_id = (select platform.current_organization()) and e.sequence > ${sequence}::bigint
      order by e.sequence limit ${limit}
    ), first_broken as (select min(sequence) as sequence from entry where is_broken)
    select count(*)::integer as seen,
      -- A gap is reported as the entry that is missing, not as the one after it.
      (select least(b.sequence, 1 + coalesce((select max(p.sequence) from entry p where p.sequence < b.sequence), ${sequence}::bigint)) from first_broken b where b.sequence is not null) as broken,
      max(sequence) filter (where sequence < coalesce((select b.sequence from first_broken b), sequence + 1)) as last_sequence,
      (select s.hash from entry s where s.sequence < coalesce((select b.sequence from first_broken b), s.sequence + 1) order by s.sequence desc limit 1) as last_hash
    from entry`.execute(ctx.db)
  return Checked.parse(rows[0])
}
