import type { SignedIn } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { issueAccess } from './issue-access.ts'
import { sessionOver } from './errors.ts'
import { findRefreshToken } from './find-refresh-token.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'
import { forgetSession, readSessionCookies, rememberSession } from './session-cookies.ts'

/** A new access token and the next refresh token; throws `sessionOver` (401) and takes the cookie away. */
export async function refreshSession(publicCtx: PublicCtx, http: HttpExchange): Promise<SignedIn> {
  const { refreshToken: token, device } = readSessionCookies(http)
  const known = token === null ? null : await findRefreshToken(publicCtx, token)
  if (token === null || !known) return refuse(http)

  const ctx = publicCtx.enter(known.organizationId, { type: 'user', id: known.userId })
  const rotation = await ctx.write((scope) => rotateRefreshToken(ctx, scope, { token, known, device }))
  if (rotation.outcome === 'stolen') {
    ctx.log.warn({ sessionId: known.sessionId }, 'an exchanged refresh token was used again: session revoked')
    await refuseAccessTokens(ctx, known.sessionId)
  }
  if (rotation.outcome !== 'rotated') return refuse(http)

  rememberSession(http, rotation.successor, rotation.expiresAt)
  return issueAccess(ctx, known)
}

function refuse(http: HttpExchange): never {
  forgetSession(http)
  throw sessionOver()
}
