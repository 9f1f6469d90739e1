import type { SecondFactorNeeded, SignInProvider } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Db, PublicCtx } from '../../ctx.ts'
import { digestOf, newRefreshToken as newOpaqueToken } from '../../sessions/refresh-token.ts'
import { readSessionCookies, rememberDevice } from '../../sessions/session-cookies.ts'
import { methodsOf, type SecondFactors } from '../find-second-factors.ts'
import { CHALLENGE_SECONDS } from './second-factor-challenge.ts'

/** What stands behind a challenge: the provider that vouched for the person, or null; and what has to hold still when it is opened. */
interface First {
  readonly identityProvider: SignInProvider | null
  check(db: Db): Promise<void>
}

/** Instead of a session: what the person has to answer next, from this device, after their password or a provider. */
export async function openChallenge(
  ctx: PublicCtx,
  userId: string,
  factors: SecondFactors,
  http: HttpExchange,
  { identityProvider, check }: First,
): Promise<SecondFactorNeeded> {
  const challenge = newOpaqueToken()
  const device = readSessionCookies(http).device ?? newOpaqueToken()
  const { expiresAt } = await ctx.write(async ({ db }) => {
    await check(db)
    return db
      .insertInto('secondFactorChallenge')
      .values({
        digest: digestOf(challenge),
        userId,
        deviceDigest: digestOf(device),
        identityProvider,
        expiresAt: sql<Date>`now() + make_interval(secs => ${CHALLENGE_SECONDS})`,
      })
      .returning('expiresAt')
      .executeTakeFirstOrThrow()
  })
  rememberDevice(http, device)
  return { status: 'second-factor-needed', challenge, expiresAt: expiresAt.toISOString(), methods: methodsOf(factors) }
}
