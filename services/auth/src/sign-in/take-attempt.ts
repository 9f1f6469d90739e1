import { sql } from 'kysely'
import { countByAccount, countByNetwork, identifierOf, type Counted } from '../budgets/count-attempt.ts'
import type { Db, PublicCtx } from '../ctx.ts'
import { digestOf } from '../sessions/refresh-token.ts'
import { clientNetwork } from './client-network.ts'
import { tooManyAttempts } from './errors.ts'

const ATTEMPTS = 10
const WINDOW = '15 minutes'
/** The lane that all devices share which the account does not know. */
const STRANGERS = Buffer.alloc(0)

/** What was counted: to give it back after the right password. */
export interface Attempt {
  readonly identifier: Buffer
  readonly network: string
  readonly lane: Buffer
}

/**
 * Counts an attempt before any work is done for it, atomically: a burst cannot have more than the budget. Strangers have
 * one budget per (address, network) and one for the whole account, from however many networks they come; a device that
 * signed in before has a lane of its own, so that they cannot lock out the owner (B5). Throws `tooManyAttempts` (429).
 */
export async function takeAttempt(
  ctx: Pick<PublicCtx, 'deriveKey' | 'db' | 'write'>,
  email: string,
  clientAddress: string,
  device: string | null,
): Promise<Attempt> {
  const attempt = await attemptOf(ctx, ctx.db, email, clientAddress, device)
  const counted = await ctx.write(({ db }) => count(db, attempt))
  if (counted.attempts > ATTEMPTS) throw tooManyAttempts(counted.retryAfterSeconds)
  return attempt
}

/** What an attempt from there is counted on, without counting it. */
export async function attemptOf(ctx: Pick<PublicCtx, 'deriveKey'>, db: Db, email: string, clientAddress: string, device: string | null): Promise<Attempt> {
  const deviceDigest = digestOf(device ?? '')
  const isKnown = await isKnownDevice(db, email, deviceDigest)
  return { identifier: identifierOf(ctx, 'sign-in', email), network: clientNetwork(clientAddress), lane: isKnown ? deviceDigest : STRANGERS }
}

async function count(db: Db, { identifier, network, lane }: Attempt): Promise<Counted> {
  if (lane !== STRANGERS) return countByAccount(db, identifier, lane, WINDOW)
  const here = await countByNetwork(db, identifier, network, WINDOW)
  return here.attempts > ATTEMPTS ? here : countByAccount(db, identifier, lane, WINDOW)
}

async function isKnownDevice(db: Db, email: string, deviceDigest: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom('knownDevice')
    .innerJoin('userAccount', 'userAccount.id', 'knownDevice.userId')
    .select('knownDevice.userId')
    .where('userAccount.email', '=', email)
    .where('knownDevice.deviceDigest', '=', deviceDigest)
    .executeTakeFirst()
  return row !== undefined
}

/** The person has proven to be the owner: this network and this device begin anew; of the strangers' budget only this attempt returns. */
export async function returnAttempts(db: Db, { identifier, network, lane }: Attempt): Promise<void> {
  await db
    .deleteFrom('signInBudget')
    .where('identifier', '=', identifier)
    .where('network', '=', sql<string>`network(cast(${network} as inet))`)
    .execute()
  await db
    .updateTable('accountBudget')
    .set({ attempts: lane === STRANGERS ? sql`greatest(attempts - 1, 0)` : 0 })
    .where('identifier', '=', identifier)
    .where('lane', '=', lane)
    .execute()
}
