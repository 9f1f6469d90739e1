import type { SignInProvider } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db, PublicCtx } from '../../ctx.ts'
import { digestOf } from '../../sessions/refresh-token.ts'
import { readSessionCookies } from '../../sessions/session-cookies.ts'
import { challengeOver } from '../errors.ts'
import { ATTEMPTS } from './second-factor-challenge.ts'

export interface OpenChallenge {
  readonly digest: Buffer
  readonly userId: string
  readonly deviceDigest: Buffer
  /** Who stood in for the password, or null. */
  readonly identityProvider: SignInProvider | null
}

const openOnes = (challenge: string, http: HttpExchange) => {
  const { device } = readSessionCookies(http)
  if (device === null) throw challengeOver()
  return { digest: digestOf(challenge), deviceDigest: digestOf(device) }
}

/** Whose challenge is it, without answering it. Throws `challengeOver` (403). */
export async function findChallenge(ctx: PublicCtx, challenge: string, http: HttpExchange): Promise<OpenChallenge> {
  const keys = openOnes(challenge, http)
  const found = await ctx.db
    .selectFrom('secondFactorChallenge')
    .select(['userId', 'identityProvider'])
    .where('digest', '=', keys.digest)
    .where('deviceDigest', '=', keys.deviceDigest)
    .where('attempts', '<', ATTEMPTS)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst()
  if (!found) throw challengeOver()
  return { ...keys, ...found }
}

/**
 * Takes one of the attempts before the answer is looked at: a compare-and-set, so that a burst of answers has no more than
 * the five. Throws `challengeOver` (403), the same for a challenge that is unknown, used up, over or of another device.
 */
export async function takeChallengeAttempt(ctx: PublicCtx, challenge: string, http: HttpExchange): Promise<OpenChallenge> {
  const keys = openOnes(challenge, http)
  const taken = await ctx.write(({ db }) =>
    db
      .updateTable('secondFactorChallenge')
      .set({ attempts: sql<number>`attempts + 1` })
      .where('digest', '=', keys.digest)
      .where('deviceDigest', '=', keys.deviceDigest)
      .where('attempts', '<', ATTEMPTS)
      .where('expiresAt', '>', sql<Date>`now()`)
      .returning(['userId', 'identityProvider'])
      .executeTakeFirst(),
  )
  if (!taken) throw challengeOver()
  return { ...keys, ...taken }
}

/** For exactly one right answer, with the session that begins by it. Throws `challengeOver` (403). */
export async function closeChallenge(db: Db, { digest }: OpenChallenge): Promise<void> {
  const closed = await db.deleteFrom('secondFactorChallenge').where('digest', '=', digest).returning('userId').executeTakeFirst()
  if (!closed) throw challengeOver()
}
