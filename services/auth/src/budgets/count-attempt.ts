import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, PublicCtx } from '../ctx.ts'

export interface Counted {
  readonly attempts: number
  readonly retryAfterSeconds: number
}

/** Digest of an address for the counters, one name space per thing that is counted. */
export const identifierOf = (ctx: Pick<PublicCtx, 'deriveKey'>, counted: string, email: string): Buffer =>
  createHmac('sha256', ctx.deriveKey('auth.sign-in-budget')).update(`${counted}:${email}`).digest()

const seconds = sql<number>`cast(ceil(extract(epoch from window_ends_at - now())) as integer)`

/** Counts one more for an address from a network, atomically. The window begins with the first. */
export async function countByNetwork(db: Db, identifier: Buffer, network: string, window: string): Promise<Counted> {
  return db
    .insertInto('signInBudget')
    .values({ identifier, network: sql<string>`network(cast(${network} as inet))`, attempts: 1, windowEndsAt: sql<Date>`now() + cast(${window} as interval)` })
    .onConflict((conflict) =>
      conflict.columns(['identifier', 'network']).doUpdateSet({
        attempts: sql`case when sign_in_budget.window_ends_at <= now() then 1 else sign_in_budget.attempts + 1 end`,
        windowEndsAt: sql`case when sign_in_budget.window_ends_at <= now() then excluded.window_ends_at else sign_in_budget.window_ends_at end`,
      }),
    )
    .returning(['attempts', seconds.as('retryAfterSeconds')])
    .executeTakeFirstOrThrow()
}

/** The same for an account as a whole, in one of its lanes. */
export async function countByAccount(db: Db, identifier: Buffer, lane: Buffer, window: string): Promise<Counted> {
  return db
    .insertInto('accountBudget')
    .values({ identifier, lane, attempts: 1, windowEndsAt: sql<Date>`now() + cast(${window} as interval)` })
    .onConflict((conflict) =>
      conflict.columns(['identifier', 'lane']).doUpdateSet({
        attempts: sql`case when account_budget.window_ends_at <= now() then 1 else account_budget.attempts + 1 end`,
        windowEndsAt: sql`case when account_budget.window_ends_at <= now() then excluded.window_ends_at else account_budget.window_ends_at end`,
      }),
    )
    .returning(['attempts', seconds.as('retryAfterSeconds')])
    .executeTakeFirstOrThrow()
}
