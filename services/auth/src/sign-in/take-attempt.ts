import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { PublicCtx, Db } from '../ctx.ts'
import { clientNetwork } from './client-network.ts'
import { tooManyAttempts } from './errors.ts'

const ATTEMPTS = 10
const WINDOW = '15 minutes'

const identifierOf = (ctx: Pick<PublicCtx, 'deriveKey'>, email: string): Buffer =>
  createHmac('sha256', ctx.deriveKey('auth.sign-in-budget')).update(email).digest()

/**
 * Counts an attempt before any work is done for it, atomically: a burst cannot have more than the budget. The budget
 * belongs to (address, network of the client), so that strangers cannot lock out the owner. Throws `tooManyAttempts` (429).
 */
export async function takeAttempt(ctx: PublicCtx, email: string, clientAddress: string): Promise<void> {
  const identifier = identifierOf(ctx, email)
  const network = sql<string>`network(cast(${clientNetwork(clientAddress)} as inet))`
  const windowEndsAt = sql<Date>`now() + cast(${WINDOW} as interval)`
  const { attempts, retryAfterSeconds } = await ctx.write(({ db }) =>
    db
      .insertInto('signInBudget')
      .values({ identifier, network, attempts: 1, windowEndsAt })
      .onConflict((conflict) =>
        conflict.columns(['identifier', 'network']).doUpdateSet({
          attempts: sql`case when sign_in_budget.window_ends_at <= now() then 1 else sign_in_budget.attempts + 1 end`,
          windowEndsAt: sql`case when sign_in_budget.window_ends_at <= now() then excluded.window_ends_at else sign_in_budget.window_ends_at end`,
        }),
      )
      .returning(['attempts', sql<number>`cast(ceil(extract(epoch from window_ends_at - now())) as integer)`.as('retryAfterSeconds')])
      .executeTakeFirstOrThrow(),
  )
  if (attempts > ATTEMPTS) throw tooManyAttempts(retryAfterSeconds)
}

/** The person has proven to be the owner: the budget is full again. */
export async function returnAttempts(ctx: Pick<PublicCtx, 'deriveKey'>, db: Db, email: string, clientAddress: string): Promise<void> {
  await db
    .deleteFrom('signInBudget')
    .where('identifier', '=', identifierOf(ctx, email))
    .where('network', '=', sql<string>`network(cast(${clientNetwork(clientAddress)} as inet))`)
    .execute()
}
