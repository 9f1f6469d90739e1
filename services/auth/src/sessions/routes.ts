import { authEndpoints, sessionEndpoints } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { auth } from '../ctx.ts'
import { sessionOver } from './errors.ts'
import { listSessions } from './list-sessions.ts'
import { refreshSession } from './refresh-session.ts'
import { assertMember, revokeAll, revokeOne } from './revoke-sessions.ts'
import { signOut } from './sign-out.ts'

/** Endpoints that need a token have a principal. */
function signedIn({ principal }: HttpExchange) {
  if (!principal) throw sessionOver()
  return principal
}

export const sessionRoutes = [
  auth.handle(authEndpoints.refreshSession, async (ctx, _input, http) => refreshSession(ctx, http)),
  auth.handle(authEndpoints.signOut, async (ctx, _input, http) => signOut(ctx, http)),
  auth.handle(sessionEndpoints.listSessions, async (ctx, _input, http) => listSessions(ctx, signedIn(http).userId, signedIn(http).sessionId)),
  auth.handle(sessionEndpoints.endOwnSession, async (ctx, { params }, http) =>
    revokeOne(ctx, { userId: signedIn(http).userId, sessionId: params.sessionId }, 'revoked'),
  ),
  auth.handle(sessionEndpoints.endOtherSessions, async (ctx, _input, http) => revokeAll(ctx, signedIn(http).userId, 'revoked', signedIn(http).sessionId)),
  auth.handle(sessionEndpoints.listMemberSessions, async (ctx, { params }, http) => {
    await assertMember(ctx, params.userId)
    return listSessions(ctx, params.userId, signedIn(http).sessionId)
  }),
  auth.handle(sessionEndpoints.endMemberSession, async (ctx, { params }) => {
    await assertMember(ctx, params.userId)
    await revokeOne(ctx, params, 'ended-by-admin')
  }),
  auth.handle(sessionEndpoints.endMemberSessions, async (ctx, { params }) => {
    await assertMember(ctx, params.userId)
    return revokeAll(ctx, params.userId, 'ended-by-admin')
  }),
]
