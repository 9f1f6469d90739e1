import type { SessionEnd } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { endSession, endSessionsOfUser } from './end-session.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'

/** Ends one session of the person. Repeated it is the same; somebody else's session is like none (404). */
export async function revokeOne(ctx: Ctx, { userId, sessionId }: { userId: string; sessionId: string }, reason: SessionEnd): Promise<void> {
  const found = await ctx.db.selectFrom('session').select('id').where('id', '=', sessionId).where('userId', '=', userId).executeTakeFirst()
  if (!found) throw notFound('session')
  await ctx.write((scope) => endSession(scope, sessionId, reason))
  await refuseAccessTokens(ctx, sessionId)
}

/** Ends all sessions of the person here but the given one. */
export async function revokeAll(ctx: Ctx, userId: string, reason: SessionEnd, exceptSessionId?: string): Promise<{ endedCount: number }> {
  const ended = await ctx.write((scope) => endSessionsOfUser(scope, userId, reason, exceptSessionId))
  await Promise.all(ended.map((sessionId) => refuseAccessTokens(ctx, sessionId)))
  return { endedCount: ended.length }
}

/** As an administrator: a person who is no member here is like nobody (404). */
export async function assertMember(ctx: Ctx, userId: string): Promise<void> {
  const member = await ctx.db.selectFrom('membership').select('userId').where('userId', '=', userId).executeTakeFirst()
  if (!member) throw notFound('member')
}
