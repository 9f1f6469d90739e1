import type { SignedIn } from '@ai-crm/contracts'
import { isUniqueViolation, type HttpExchange } from '@ai-crm/platform'
import type { Ctx, Db, PublicCtx } from '../ctx.ts'
import { endSession } from '../sessions/end-session.ts'
import { sessionOver } from '../sessions/errors.ts'
import { findRefreshToken } from '../sessions/find-refresh-token.ts'
import { wasOfThisPassword } from '../sessions/is-of-this-password.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { successorOf } from '../sessions/refresh-token.ts'
import { refuseAccessTokens } from '../sessions/refuse-access-tokens.ts'
import { rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession, type StartedSession } from '../sessions/start-session.ts'
import type { CookieHolder } from './cookie-holder.ts'

/**
 * Goes on in another organisation within the same sign-in. A session belongs to one organisation, like every row; and a
 * browser has one refresh cookie. So a session begins there, its token replaces the cookie, and the session here ends with
 * its tokens and sockets: a tab that is still open in the old organisation cannot get a token of the new one by a refresh
 * and mix the two. The new one ends when the old one would have.
 *
 * The new session commits before the old one ends: a crash between the two leaves the person signed in where they were. The
 * new token is derived from the old one and the organisation, so a repeat (a lost answer, two clicks) finds the same session.
 */
export async function goOnIn(publicCtx: PublicCtx, holder: CookieHolder, organizationId: string, http: HttpExchange): Promise<SignedIn> {
  const { userId } = holder.known
  const ctx = publicCtx.enter(organizationId, { type: 'user', id: userId })
  const session = await beginOnce(publicCtx, ctx, holder, http)
  if (holder.isAlive) await leaveOld(publicCtx, ctx, holder, session)
  const signedIn = await issueAccess(ctx, { userId, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return signedIn
}

async function beginOnce(publicCtx: PublicCtx, ctx: Ctx, holder: CookieHolder, http: HttpExchange): Promise<StartedSession> {
  const refreshToken = successorOf(publicCtx.deriveKey('auth.switch-organization'), `${holder.token} ${ctx.organizationId}`)
  const begun = await findBegun(publicCtx, holder, refreshToken)
  if (begun) return begun
  if (!holder.isAlive) throw sessionOver()
  const { device, expiresAt, authenticatedAt, factors, voucher } = holder
  const client = { device, userAgent: http.userAgent, factors, voucher, authenticatedAt, continues: { refreshToken, expiresAt } }
  try {
    return await ctx.write(async (scope) => {
      await lockPassword(scope.db, holder)
      return startSession(ctx, scope, holder.known.userId, client)
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const other = await findBegun(publicCtx, holder, refreshToken)
    if (!other) throw sessionOver()
    return other
  }
}

/**
 * A change of the password ends the session from which this one goes on: it came before, or waits and then sees the new session among those
 * that it ends. Throws `sessionOver` (401).
 */
async function lockPassword(db: Db, { known, begunAt }: CookieHolder): Promise<void> {
  const same = await db
    .selectFrom('userAccount')
    .select('id')
    .where('id', '=', known.userId)
    .where(wasOfThisPassword(begunAt, known.sessionId))
    .forShare()
    .executeTakeFirst()
  if (!same) throw sessionOver()
}

/** The session that an earlier copy of this request has begun, while its token is still the first one. */
async function findBegun(publicCtx: PublicCtx, holder: CookieHolder, refreshToken: string): Promise<StartedSession | null> {
  const known = await findRefreshToken(publicCtx, refreshToken)
  if (!known || holder.device === null) return null
  const row = await publicCtx.db
    .selectFrom('refreshToken')
    .select('expiresAt')
    .where('digest', '=', known.digest)
    .where('rotatedAt', 'is', null)
    .executeTakeFirst()
  return row ? { sessionId: known.sessionId, refreshToken, device: holder.device, refreshExpiresAt: row.expiresAt } : null
}

/** Signing out at the same moment wins: then the session there ends as well. */
async function leaveOld(publicCtx: PublicCtx, there: Ctx, { known }: CookieHolder, begun: StartedSession): Promise<void> {
  const here = publicCtx.enter(known.organizationId, { type: 'user', id: known.userId })
  const wasAlive = await here.write((scope) => endSession(scope, known.sessionId, 'switched'))
  await refuseAccessTokens(here, known.sessionId)
  if (wasAlive) return
  const old = await here.db.selectFrom('session').select('revokedReason').where('id', '=', known.sessionId).executeTakeFirst()
  if (old?.revokedReason === 'switched') return
  await there.write((scope) => endSession(scope, begun.sessionId, 'sign-out'))
  throw sessionOver()
}
