import { authEndpoints, sessionEndpoints } from '@ai-crm/contracts'
import { notFound, type HttpExchange } from '@ai-crm/platform'
import { auth } from '../ctx.ts'
import { findMember } from '../members/lock-members.ts'
import { endMemberSession, endMemberSessions } from './end-member-sessions.ts'
import { sessionOver } from './errors.ts'
import { listSessions } from './list-sessions.ts'
import { refreshSession } from './refresh-session.ts'
import { revokeOne, revokeOthers } from './revoke-sessions.ts'
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
  auth.handle(sessionEndpoints.endOwnSession, async (ctx, { params }, http) => revokeOne(ctx, { userId: signedIn(http).userId, sessionId: params.sessionId })),
  auth.handle(sessionEndpoints.endOtherSessions, async (ctx, _input, http) => revokeOthers(ctx, signedIn(http))),
  auth.handle(sessionEndpoints.listMemberSessions, async (ctx, { params }, http) => {
    if (!(await findMember(ctx.db, params.userId))) throw notFound('member')
    return listSessions(ctx, params.userId, signedIn(http).sessionId)
  }),
  auth.handle(sessionEndpoints.endMemberSession, async (ctx, { params }) => endMemberSession(ctx, params)),
  auth.handle(sessionEndpoints.endMemberSessions, async (ctx, { params }) => endMemberSessions(ctx, params.userId)),
]
