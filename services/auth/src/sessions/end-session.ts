import { sessionRevoked } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Tables } from '../tables.ts'

/** Ends a session with all its tokens, once: false when it had ended before. The event tells sockets and other processes. */
export async function endSession({ db, emit }: WriteScope<Tables>, sessionId: string, reason: 'sign-out' | 'refresh-reuse'): Promise<boolean> {
  const ended = await db
    .updateTable('session')
    .set({ revokedAt: sql<Date>`now()`, revokedReason: reason })
    .where('id', '=', sessionId)
    .where('revokedAt', 'is', null)
    .returning('userId')
    .executeTakeFirst()
  if (!ended) return false
  await emit(sessionRevoked({ sessionId, userId: ended.userId, reason }))
  return true
}
