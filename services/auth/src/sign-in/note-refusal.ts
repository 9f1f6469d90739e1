import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

type Refusal = 'session.sign-in-refused' | 'factor.refused'

/**
 * Somebody gave a wrong password, or a wrong second factor, for an account that exists: an entry in the log of each organisation of the person.
 * Not awaited: the answer must take as long as for an address without an account (reliability 5.25).
 */
export function noteRefusal(publicCtx: PublicCtx, userId: string, kind: Refusal = 'session.sign-in-refused'): void {
  note(publicCtx, userId, kind).catch((error: unknown) => publicCtx.log.warn({ err: error }, 'a refused sign-in did not reach the security log'))
}

async function note(publicCtx: PublicCtx, userId: string, kind: Refusal): Promise<void> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 10`.execute(publicCtx.db)
  for (const { organizationId } of rows)
    await publicCtx
      .enter(organizationId, { type: 'system', id: null })
      .write(async (scope) => recordSecurityEvent(scope, { kind, about: { type: 'user', id: userId } }))
}
