import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { lockTarget } from '../members/lock-members.ts'
import type { Tables } from '../tables.ts'
import { endSession, endSessionsOfUser } from './end-session.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'
import { requireSession } from './revoke-sessions.ts'

/** As an administrator, of whoever stands no higher. Throws `notFound` (404) for no member here and no session of theirs, `outranked` (403). */
export async function endMemberSession(ctx: Ctx, of: { userId: string; sessionId: string }): Promise<void> {
  await ctx.write(async (scope) => {
    await lockMember(ctx, scope, of.userId)
    await requireSession(scope.db, of)
    await endSession(scope, of.sessionId, 'ended-by-admin')
  })
  await refuseAccessTokens(ctx, of.sessionId)
}

/** All that they have here. Throws `notFound` (404), `outranked` (403). */
export async function endMemberSessions(ctx: Ctx, userId: string): Promise<{ endedCount: number }> {
  const ended = await ctx.write(async (scope) => {
    await lockMember(ctx, scope, userId)
    return endSessionsOfUser(scope, userId, 'ended-by-admin')
  })
  await Promise.all(ended.map((sessionId) => refuseAccessTokens(ctx, sessionId)))
  return { endedCount: ended.length }
}

const lockMember = (ctx: Ctx, { db }: WriteScope<Tables>, userId: string) => lockTarget(ctx, db, userId, 'auth.session.manage')
