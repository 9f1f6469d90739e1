import type { SsoOutcome } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import type { ConnectionRow } from '../connections/connection.ts'
import { domainOf } from '../policy/captured.ts'
import type { ProvenIdentity } from '../provider/provider.ts'

/** Keeps what a test found, unless the connection was changed meanwhile. `problem` is the last word of an error code. */
export async function settleTest(ctx: Ctx, connection: ConnectionRow, outcome: ProvenIdentity | string): Promise<SsoOutcome> {
  return ctx.write(async (scope) => {
    const problem = typeof outcome === 'string' ? outcome : await problemOf(ctx, connection, outcome)
    const kept = await scope.db
      .updateTable('ssoConnection')
      .set({ testedAt: sql<Date>`now()`, testProblem: problem })
      .where('id', '=', connection.id)
      .where('credentials', '=', connection.credentials)
      .returning('id')
      .executeTakeFirst()
    if (kept) recordSecurityEvent(scope, { kind: 'sso.changed', about: { type: 'sso-connection', id: connection.id }, details: { tested: problem ?? 'good' } })
    return { status: 'tested', connectionId: connection.id, problem: kept ? problem : 'changed_meanwhile' }
  })
}

/** Would this person have come in? */
async function problemOf({ db }: Ctx, connection: ConnectionRow, { email }: ProvenIdentity): Promise<string | null> {
  if (email === null) return 'email_unverified'
  const domains = await db.selectFrom('emailDomain').select(['name', 'verifiedAt']).where('connectionId', '=', connection.id).execute()
  return domains.some(({ name, verifiedAt }) => verifiedAt !== null && name === domainOf(email)) ? null : 'domain_not_proven'
}
