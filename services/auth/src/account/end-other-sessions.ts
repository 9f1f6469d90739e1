import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { endSessionsOfUser } from '../sessions/end-session.ts'
import { refuseAccessTokens } from '../sessions/refuse-access-tokens.ts'
import { refuseSessionsLater, SESSIONS_PER_JOB } from '../sessions/refuse-sessions-job.ts'
import type { Tables } from '../tables.ts'

/**
 * Ends the sessions of a person, `keptSessionId` left alone. In the organisation of the context one by one, with their
 * events; in all others by the mark on the account, which every refresh looks at, and by refusing their access tokens,
 * whose sockets go with them: at once by what this answers, to be awaited after the commit, and by jobs of the same
 * transaction, which a crash or a cache that is away only delays.
 */
export async function endOtherSessions(ctx: Ctx, scope: WriteScope<Tables>, userId: string, keptSessionId: string | null): Promise<() => Promise<void>> {
  await scope.db
    .updateTable('userAccount')
    .set({ sessionsValidFrom: sql<Date>`clock_timestamp()`, keptSessionId })
    .where('id', '=', userId)
    .execute()
  await endSessionsOfUser(scope, userId, 'credentials-changed', keptSessionId ?? undefined)
  const sessionIds = await livingSessions(scope.db, userId, keptSessionId)
  for (let start = 0; start < sessionIds.length; start += SESSIONS_PER_JOB)
    await scope.enqueue(refuseSessionsLater, { sessionIds: sessionIds.slice(start, start + SESSIONS_PER_JOB) })
  return async () => {
    for (const sessionId of sessionIds) await refuseAccessTokens(ctx, sessionId)
  }
}

/** More than anybody has; the ones that were renewed last come first. */
const LIMIT = 5_000

/** Of all organisations: tokens know no borders. Each living session has one token that was not exchanged yet. */
async function livingSessions(db: Db, userId: string, keptSessionId: string | null): Promise<string[]> {
  const rows = await db
    .selectFrom('refreshToken')
    .select('sessionId')
    .where('userId', '=', userId)
    .where('rotatedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .$if(keptSessionId !== null, (query) => query.where('sessionId', '<>', keptSessionId ?? ''))
    .orderBy('expiresAt', 'desc')
    .limit(LIMIT)
    .execute()
  return rows.map(({ sessionId }) => sessionId)
}
