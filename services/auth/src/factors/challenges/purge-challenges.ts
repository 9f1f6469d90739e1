import { sql } from 'kysely'
import type { PublicCtx } from '../../ctx.ts'

const now = sql<Date>`now()`

/** Forgets what is over: challenges, ceremonies, budgets, remembered devices, and devices that nobody has used for long. */
export async function purgeChallenges(ctx: PublicCtx): Promise<void> {
  await ctx.write(async ({ db }) => {
    await db.deleteFrom('secondFactorChallenge').where('expiresAt', '<', now).execute()
    await db.deleteFrom('passkeyCeremony').where('expiresAt', '<', now).execute()
    await db.deleteFrom('factorBudget').where('windowEndsAt', '<', now).execute()
    await db.deleteFrom('rememberedDevice').where('expiresAt', '<', now).execute()
    await db
      .deleteFrom('knownDevice')
      .where('lastSeenAt', '<', sql<Date>`now() - interval '400 days'`)
      .execute()
  })
}
