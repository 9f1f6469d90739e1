import type { Factor } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** The person of a living session has just proven who they are, in a further way or again. False when the session is over. */
export async function proveInSession(db: Db, sessionId: string, factor: Factor): Promise<boolean> {
  const proven = await db
    .updateTable('session')
    .set({
      authenticatedAt: sql<Date>`now()`,
      factors: sql<Factor[]>`case when ${factor} = any (factors) then factors else array_append(factors, ${factor}) end`,
    })
    .where('id', '=', sessionId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()
  return proven !== undefined
}
