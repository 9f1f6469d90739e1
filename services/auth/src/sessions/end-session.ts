import { sessionRevoked, type SecurityEventKind, type SessionEnd } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'

type Ends = Pick<WriteScope<Tables>, 'db' | 'emit' | 'origin' | 'atCommit'>

/** Ends a session with all its tokens, once: false when it had ended before. The event tells sockets and other processes. */
export async function endSession(scope: Ends, sessionId: string, reason: SessionEnd): Promise<boolean> {
  return (await endSessions(scope, { sessionId }, reason)).length > 0
}

/**
 * Ends the sessions of a person in this organisation, `exceptSessionId` left alone: for a changed password, a disabled
 * member, "sign out everywhere else". Ids of those that ended: call `refuseAccessTokens` with them after the commit.
 */
export async function endSessionsOfUser(scope: Ends, userId: string, reason: SessionEnd, exceptSessionId?: string): Promise<readonly string[]> {
  return endSessions(scope, { userId, exceptSessionId }, reason)
}

interface Which {
  readonly sessionId?: string
  readonly userId?: string
  readonly exceptSessionId?: string | undefined
  /** A condition on the row, for whole kinds of sessions. */
  readonly such?: RawBuilder<boolean>
}

export async function endSessions(scope: Ends, { sessionId, userId, exceptSessionId, such }: Which, reason: SessionEnd): Promise<readonly string[]> {
  const ended = await scope.db
    .updateTable('session')
    .set({ revokedAt: sql<Date>`now()`, revokedReason: reason })
    .where('revokedAt', 'is', null)
    .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? ''))
    .$if(userId !== undefined, (query) => query.where('userId', '=', userId ?? ''))
    .$if(exceptSessionId !== undefined, (query) => query.where('id', '<>', exceptSessionId ?? ''))
    .$if(such !== undefined, (query) => query.where(such ?? sql<boolean>`false`))
    .returning(['id', 'userId'])
    .execute()
  for (const { id, userId: ownerId } of ended) {
    await scope.emit(sessionRevoked({ sessionId: id, userId: ownerId, reason }))
    recordSecurityEvent(scope, { kind: KINDS[reason] ?? 'session.revoked', about: { type: 'user', id: ownerId }, details: { sessionId: id, reason } })
  }
  return ended.map(({ id }) => id)
}

const KINDS: Partial<Record<SessionEnd, SecurityEventKind>> = { 'sign-out': 'session.signed-out', 'refresh-reuse': 'session.refresh-reused' }
