import type { HttpExchange } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { endSession } from './end-session.ts'
import { findRefreshToken } from './find-refresh-token.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'
import { forgetSession, readSessionCookies } from './session-cookies.ts'

/** Ends the session of the refresh cookie. Without one, or repeated, it is the same: nobody is signed in afterwards. */
export async function signOut(publicCtx: PublicCtx, http: HttpExchange): Promise<void> {
  const { refreshToken } = readSessionCookies(http)
  forgetSession(http)
  const known = refreshToken === null ? null : await findRefreshToken(publicCtx, refreshToken)
  if (!known) return

  const ctx = publicCtx.enter(known.organizationId, { type: 'user', id: known.userId })
  await ctx.write((scope) => endSession(scope, known.sessionId, 'sign-out'))
  await refuseAccessTokens(ctx, known.sessionId)
}
