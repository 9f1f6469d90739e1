import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'

/** Rows per run: an hourly job that takes no long locks. */
const LIMIT = 10_000

/** Forgets tokens that ended a month ago (until then a copied one still betrays itself) and budgets whose window is over. */
export async function purgeExpired(ctx: PublicCtx): Promise<void> {
  await ctx.write(async ({ db }) => {
    const old = db
      .selectFrom('refreshToken')
      .select('digest')
      .where('expiresAt', '<', sql<Date>`now() - interval '30 days'`)
      .limit(LIMIT)
    await db.deleteFrom('refreshToken').where('digest', 'in', old).execute()
    for (const table of ['accountLink', 'pendingSignUp', 'ssoFlow', 'linkTicket'] as const)
      await db
        .deleteFrom(table)
        .where('expiresAt', '<', sql<Date>`now()`)
        .execute()
    await db
      .deleteFrom('accountBudget')
      .where('windowEndsAt', '<', sql<Date>`now()`)
      .execute()
    await db
      .deleteFrom('signInBudget')
      .where('windowEndsAt', '<', sql<Date>`now()`)
      .execute()
  })
}
