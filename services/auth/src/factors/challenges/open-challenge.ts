import type { SecondFactorNeeded, SignInProvider } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../../ctx.ts'
import { digestOf, newRefreshToken as newOpaqueToken } from '../../sessions/refresh-token.ts'
import { readSessionCookies, rememberDevice } from '../../sessions/session-cookies.ts'
import { methodsOf, type SecondFactors } from '../find-second-factors.ts'
import { CHALLENGE_SECONDS } from './second-factor-challenge.ts'

/** Instead of a session: what the person has to answer next, from this device, after their password or a provider. */
export async function openChallenge(
  ctx: PublicCtx,
  userId: string,
  factors: SecondFactors,
  http: HttpExchange,
  identityProvider: SignInProvider | null = null,
): Promise<SecondFactorNeeded> {
  const challenge = newOpaqueToken()
  const device = readSessionCookies(http).device ?? newOpaqueToken()
  const { expiresAt } = await ctx.write(({ db }) =>
    db
      .insertInto('secondFactorChallenge')
      .values({
        digest: digestOf(challenge),
        userId,
        deviceDigest: digestOf(device),
        identityProvider,
        expiresAt: sql<Date>`now() + make_interval(secs => ${CHALLENGE_SECONDS})`,
      })
      .returning('expiresAt')
      .executeTakeFirstOrThrow(),
  )
  rememberDevice(http, device)
  return { status: 'second-factor-needed', challenge, expiresAt: expiresAt.toISOString(), methods: methodsOf(factors) }
}
