import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { endSessionsOfUser } from '../sessions/end-session.ts'
import { refuseAccessTokens } from '../sessions/refuse-access-tokens.ts'
import type { Tables } from '../tables.ts'

/**
 * Ends the sessions of a person, `keptSessionId` left alone. In the organisation of the context one by one, with their
 * events; in all others by the mark on the account, which every refresh looks at, and by refusing their access tokens.
 * In the caller's transaction; what it answers is to be awaited after the commit.
 */
export async function endOtherSessions(ctx: Ctx, scope: WriteScope<Tables>, userId: string, keptSessionId: string | null): Promise<() => Promise<void>> {
  await scope.db
    .updateTable('userAccount')
    .set({ sessionsValidFrom: sql<Date>`clock_timestamp()`, keptSessionId })
    .where('id', '=', userId)
    .execute()
  await endSessionsOfUser(scope, userId, 'credentials-changed', keptSessionId ?? undefined)
  const sessionIds = await livingSessions(scope.db, userId, keptSessionId)
  return async () => {
    for (const sessionId of sessionIds) await refuseAccessTokens(ctx, sessionId)
  }
}

/** Of all organisations: tokens know no borders. */
async function livingSessions(db: Db, userId: string, keptSessionId: string | null): Promise<string[]> {
  const rows = await db
    .selectFrom('refreshToken')
    .select('sessionId')
    .distinct()
    .where('userId', '=', userId)
    .where('expiresAt', '>', sql<Date>`now()`)
    .$if(keptSessionId !== null, (query) => query.where('sessionId', '<>', keptSessionId ?? ''))
    .limit(500)
    .execute()
  return rows.map(({ sessionId }) => sessionId)
}
