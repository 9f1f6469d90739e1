import type { Session } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { isOfThisPassword } from './is-of-this-password.ts'
import { isStillVouchedFor } from './is-still-vouched-for.ts'
import { deviceOf, placeOf } from './session-view.ts'

const LIMIT = 200

/** The living sessions of a person in this organisation, used last first. */
export async function listSessions(ctx: Ctx, userId: string, currentSessionId: string | null): Promise<{ items: Session[] }> {
  const rows = await ctx.db
    .selectFrom('session')
    .innerJoin('userAccount', 'userAccount.id', 'session.userId')
    .select(['session.id', 'userAgent', 'address', 'lastAddress', 'session.createdAt', 'lastSeenAt', 'expiresAt'])
    .where('userId', '=', userId)
    .where(isOfThisPassword)
    .where(isStillVouchedFor)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .where('lastSeenAt', '>', sql<Date>`now() - make_interval(days => ${ctx.config.SESSION_IDLE_DAYS})`)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('session.id', 'desc')
    .limit(LIMIT)
    .execute()
  return {
    items: rows.map((row) => ({
      id: row.id,
      device: deviceOf(row.userAgent),
      place: placeOf(row.lastAddress ?? row.address),
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      isCurrent: row.id === currentSessionId,
    })),
  }
}
