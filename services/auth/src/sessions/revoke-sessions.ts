import { notFound } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { endSession, endSessionsOfUser } from './end-session.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'

/** Ends one session of the person themselves. Repeated it is the same; somebody else's session is like none (404). */
export async function revokeOne(ctx: Ctx, own: { userId: string; sessionId: string }): Promise<void> {
  await requireSession(ctx.db, own)
  await ctx.write((scope) => endSession(scope, own.sessionId, 'revoked'))
  await refuseAccessTokens(ctx, own.sessionId)
}

/** Ends all sessions of the person here but the given one. */
export async function revokeOthers(ctx: Ctx, { userId, sessionId }: { userId: string; sessionId: string }): Promise<{ endedCount: number }> {
  const ended = await ctx.write((scope) => endSessionsOfUser(scope, userId, 'revoked', sessionId))
  await Promise.all(ended.map((id) => refuseAccessTokens(ctx, id)))
  return { endedCount: ended.length }
}

/** One of the person's, alive or not. Throws `notFound` (404). */
export async function requireSession(db: Db, { userId, sessionId }: { userId: string; sessionId: string }): Promise<void> {
  const found = await db.selectFrom('session').select('id').where('id', '=', sessionId).where('userId', '=', userId).executeTakeFirst()
  if (!found) throw notFound('session')
}
