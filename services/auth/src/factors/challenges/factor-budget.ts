import { sql } from 'kysely'
import type { Db } from '../../ctx.ts'
import { tooManyFactorAttempts } from '../errors.ts'
import type { FactorStore } from '../factor-store.ts'

/** Wrong answers of one lane. Ten of a million codes, three of which are right at a time: one in 33,000 per window. */
const ATTEMPTS = 10
const WINDOW = '1 hour'
/** Everybody who comes from a device on which the person has never signed in. */
const STRANGERS = Buffer.alloc(0)

/**
 * Whose attempts count together: each known device has a lane of its own, so that strangers who know the password
 * cannot lock out the owner.
 */
export async function laneOf(db: Db, userId: string, deviceDigest: Buffer): Promise<Buffer> {
  const known = await db.selectFrom('knownDevice').select('userId').where('userId', '=', userId).where('deviceDigest', '=', deviceDigest).executeTakeFirst()
  return known ? deviceDigest : STRANGERS
}

/** Counts an attempt over all factors before it is looked at, atomically. Throws `tooManyFactorAttempts` (429). */
export async function takeFactorAttempt(store: FactorStore, userId: string, lane: Buffer): Promise<void> {
  const windowEndsAt = sql<Date>`now() + cast(${WINDOW} as interval)`
  const { attempts, retryAfterSeconds } = await store.write(({ db }) =>
    db
      .insertInto('factorBudget')
      .values({ userId, lane, attempts: 1, windowEndsAt })
      .onConflict((conflict) =>
        conflict.columns(['userId', 'lane']).doUpdateSet({
          attempts: sql`case when factor_budget.window_ends_at <= now() then 1 else least(factor_budget.attempts, ${ATTEMPTS}) + 1 end`,
          windowEndsAt: sql`case when factor_budget.window_ends_at <= now() then excluded.window_ends_at else factor_budget.window_ends_at end`,
        }),
      )
      .returning(['attempts', sql<number>`cast(ceil(extract(epoch from window_ends_at - now())) as integer)`.as('retryAfterSeconds')])
      .executeTakeFirstOrThrow(),
  )
  if (attempts > ATTEMPTS) throw tooManyFactorAttempts(retryAfterSeconds)
}

/** The person has proven to be the owner: the lane is empty again. */
export async function returnFactorAttempts(db: Db, userId: string, lane: Buffer): Promise<void> {
  await db.deleteFrom('factorBudget').where('userId', '=', userId).where('lane', '=', lane).execute()
}
