import { sql } from 'kysely'
import type { Ctx, PublicCtx } from '../ctx.ts'
import { verifySecurityLog } from './verify-security-log.ts'

const BATCH = 200

/** Checks the chain of every organisation and notes how far it was sound. A broken one is an alarm, not a failed job. */
export async function checkSecurityLogs(publicCtx: PublicCtx): Promise<void> {
  for (let after = ''; ;) {
    const rows = await publicCtx.db.selectFrom('organizationSlug').select(['slug', 'takenBy']).where('slug', '>', after).orderBy('slug').limit(BATCH).execute()
    for (const { takenBy } of rows) await checkOne(publicCtx.enter(takenBy, { type: 'system', id: null }))
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = last.slug
  }
}

async function checkOne(ctx: Ctx): Promise<void> {
  const verdict = await verifySecurityLog(ctx)
  const { brokenSequence, checkedCount } = verdict
  if (brokenSequence !== null)
    ctx.log.error({ organizationId: ctx.organizationId, sequence: brokenSequence }, 'the security log was changed outside of the product')
  const seen = {
    checkedAt: sql<Date>`now()`,
    brokenSequence,
    // A broken log keeps the anchor from before it broke: the proof must not be replaced by the forgery.
    ...(brokenSequence === null && verdict.lastHash !== null ? { sequence: checkedCount, hash: Buffer.from(verdict.lastHash, 'hex') } : {}),
  }
  await ctx.write(async ({ db }) => {
    await db
      .insertInto('securityLogCheck')
      .values({ sequence: 0, hash: Buffer.alloc(32), ...seen })
      .onConflict((conflict) => conflict.column('organizationId').doUpdateSet(seen))
      .execute()
  })
}
