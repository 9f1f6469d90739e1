import type { SecondFactorNeeded, SignedIn, SignInProvider, SsoOutcome } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../../ctx.ts'
import { openChallenge } from '../../factors/challenges/open-challenge.ts'
import { findSecondFactors, hasSecondFactor } from '../../factors/find-second-factors.ts'
import { isRemembered } from '../../factors/remembered-devices/remembered-device.ts'
import { digestOf, newRefreshToken as newOpaqueToken } from '../../sessions/refresh-token.ts'
import { readSessionCookies } from '../../sessions/session-cookies.ts'
import { beginSession, requirePlace } from '../../sign-in/begin-session.ts'
import { emailUnverified, noAccountYet, ssoRequired } from '../errors.ts'
import { findCapture } from '../policy/captured.ts'
import { provenAt } from './freshness.ts'
import type { ProvenIdentity } from '../provider/provider.ts'
import { FLOW_SECONDS } from './flow.ts'

type Outcome = SignedIn | SecondFactorNeeded | Omit<Extract<SsoOutcome, { status: 'link-needed' }>, 'returnTo'>

/**
 * In place of the password: a second factor is asked for as after it. An account is known by the provider's subject alone.
 * A verified address of an account gets a ticket, which whoever signs in to that account can connect the two with; it
 * opens nothing by itself, since an account may be older than its owner's address at the provider.
 */
export async function signInByProvider(publicCtx: PublicCtx, provider: SignInProvider, identity: ProvenIdentity, http: HttpExchange): Promise<Outcome> {
  const { issuer, subject, amr, acr } = identity
  const known = await publicCtx.db.selectFrom('linkedIdentity').select('userId').where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst()
  if (!known) return offerLink(publicCtx, provider, identity, http)

  const { userId } = known
  const voucher = { by: provider, amr, acr } as const
  const own = await findSecondFactors(publicCtx.db, userId)
  const isRememberedHere = hasSecondFactor(own) && (await isRemembered(publicCtx, userId, http))
  await requirePlace(publicCtx, userId, { factors: hasSecondFactor(own) ? ['sso', 'totp'] : ['sso'], voucher })
  if (hasSecondFactor(own) && !isRememberedHere)
    return openChallenge(publicCtx, userId, own, http, { identityProvider: provider, check: async () => undefined })
  const factors = isRememberedHere ? (['sso', 'remembered-device'] as const) : (['sso'] as const)
  return beginSession(publicCtx, { userId, factors, voucher, authenticatedAt: provenAt(identity) }, http, async () => undefined)
}

/** Throws `emailUnverified`, `noAccountYet`, `ssoRequired` (403): said to whoever the provider vouches for, about their own address. */
async function offerLink(publicCtx: PublicCtx, provider: SignInProvider, { issuer, subject, email }: ProvenIdentity, http: HttpExchange): Promise<Outcome> {
  if (email === null) throw emailUnverified()
  const capture = await findCapture(publicCtx, email)
  if (capture?.isEnforced) throw ssoRequired()
  const account = await publicCtx.db.selectFrom('userAccount').select('id').where('email', '=', email).executeTakeFirst()
  const { device } = readSessionCookies(http)
  if (!account || device === null) throw noAccountYet()
  const ticket = newOpaqueToken()
  await publicCtx.write(({ db }) =>
    db
      .insertInto('linkTicket')
      .values({
        digest: digestOf(ticket),
        deviceDigest: digestOf(device),
        userId: account.id,
        provider,
        issuer,
        subject,
        email,
        expiresAt: sql<Date>`now() + make_interval(secs => ${FLOW_SECONDS})`,
      })
      .execute(),
  )
  return { status: 'link-needed', ticket, provider, email }
}
