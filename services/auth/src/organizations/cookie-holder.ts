import type { Factor } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { sessionOver } from '../sessions/errors.ts'
import { isOfThisPassword } from '../sessions/is-of-this-password.ts'
import { isStillVouchedFor } from '../sessions/is-still-vouched-for.ts'
import { findRefreshToken, type KnownToken } from '../sessions/find-refresh-token.ts'
import { digestOf } from '../sessions/refresh-token.ts'
import { voucherOf, type Voucher } from '../sso/policy/way-in.ts'
import { GRACE_SECONDS } from '../sessions/session.ts'
import { readSessionCookies } from '../sessions/session-cookies.ts'

/** Whose refresh cookie it is, of a session that is alive, or that was left for another organisation a moment ago. */
export interface CookieHolder {
  readonly token: string
  readonly known: KnownToken
  readonly device: string | null
  /** When the session began: a change of the password since then has ended it. */
  readonly begunAt: Date
  /** When the sign-in ends whatever happens: going on elsewhere does not make it longer. */
  readonly expiresAt: Date
  readonly authenticatedAt: Date
  readonly factors: readonly Factor[]
  readonly voucher: Voucher | null
  /** False in the grace for a lost answer: then only what was begun before can be fetched again. */
  readonly isAlive: boolean
}

/** Throws `sessionOver` (401) for a token that is unknown, exchanged, over, revoked or from before a change of the password. */
export async function requireCookieHolder(publicCtx: PublicCtx, http: HttpExchange): Promise<CookieHolder> {
  const holder = await findCookieHolder(publicCtx, http)
  if (!holder) throw sessionOver()
  return holder
}

export async function findCookieHolder(publicCtx: PublicCtx, http: HttpExchange): Promise<CookieHolder | null> {
  const { refreshToken: token, device } = readSessionCookies(http)
  const known = token === null ? null : await findRefreshToken(publicCtx, token)
  if (token === null || !known) return null

  const ctx = publicCtx.enter(known.organizationId, { type: 'user', id: known.userId })
  const session = await ctx.db
    .selectFrom('session')
    .innerJoin('refreshToken', (join) => join.onRef('refreshToken.tenantId', '=', 'session.organizationId').onRef('refreshToken.sessionId', '=', 'session.id'))
    .innerJoin('userAccount', 'userAccount.id', 'session.userId')
    .select([
      'session.deviceDigest',
      'session.createdAt as begunAt',
      'session.expiresAt',
      'session.authenticatedAt',
      'session.factors',
      'session.identityProvider',
      'session.connectionId',
      'session.providerAmr',
      'session.providerAcr',
      'session.revokedAt',
      sql<boolean>`session.revoked_reason = 'switched' and session.revoked_at > now() - make_interval(secs => ${GRACE_SECONDS})`.as('isJustSwitched'),
    ])
    .where('refreshToken.digest', '=', known.digest)
    .where('refreshToken.rotatedAt', 'is', null)
    .where('refreshToken.expiresAt', '>', sql<Date>`now()`)
    .where('session.expiresAt', '>', sql<Date>`now()`)
    .where(isOfThisPassword)
    .where(isStillVouchedFor)
    .executeTakeFirst()
  if (!session) return null
  const isAlive = session.revokedAt === null
  const isSameDevice = device !== null && digestOf(device).equals(session.deviceDigest)
  if (!isAlive && !(session.isJustSwitched && isSameDevice)) return null
  const { begunAt, expiresAt, authenticatedAt, factors } = session
  return { token, known, device, begunAt, expiresAt, authenticatedAt, factors, voucher: voucherOf(known.organizationId, session), isAlive }
}
