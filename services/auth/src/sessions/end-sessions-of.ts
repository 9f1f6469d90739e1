import type { SessionEnd } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import type { Tables } from '../tables.ts'
import { endSessionsOfUser } from './end-session.ts'
import { refuseAccessTokens } from './refuse-access-tokens.ts'

/** Ends every session that a person has in the organisation: with the commit, their tokens and sockets die within seconds. */
export async function endSessionsOf(ctx: Pick<Ctx, 'cache' | 'log'>, scope: WriteScope<Tables>, userId: string, reason: SessionEnd): Promise<void> {
  const ended = await endSessionsOfUser(scope, userId, reason)
  scope.afterCommit(() => void Promise.all(ended.map((sessionId) => refuseAccessTokens(ctx, sessionId))))
}
