import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/**
 * Somebody gave a wrong password for an account that exists: an entry in the log of each organisation of the person.
 * Not awaited: the answer must take as long as for an address without an account (reliability 5.25).
 */
export function noteRefusal(publicCtx: PublicCtx, userId: string): void {
  note(publicCtx, userId).catch((error: unknown) => publicCtx.log.warn({ err: error }, 'a refused sign-in did not reach the security log'))
}

async function note(publicCtx: PublicCtx, userId: string): Promise<void> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 10`.execute(publicCtx.db)
  for (const { organizationId } of rows)
    await publicCtx
      .enter(organizationId, { type: 'system', id: null })
      .write(async (scope) => recordSecurityEvent(scope, { kind: 'session.sign-in-refused', about: { type: 'user', id: userId } }))
}
