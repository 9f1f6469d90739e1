import type { SsoConnection, UpdateSsoConnection } from '@ai-crm/contracts'
import { isUniqueViolation, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { requireBuiltIn } from '../../roles/grantable.ts'
import { lockActor } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { connectionTaken } from '../errors.ts'
import { lockConnection, sealSecret, toConnection } from './connection.ts'

/** Stays enabled with new credentials: they replace old ones that run out. Enforcing asks for a test of them. Throws what `requireBuiltIn` throws (403). */
export async function updateConnection(ctx: Ctx, id: string, expectedVersion: number, changes: UpdateSsoConnection): Promise<SsoConnection> {
  const { clientSecret, ...plain } = changes
  const isOtherClient = clientSecret !== undefined || plain.clientId !== undefined
  try {
    return await ctx.write(async (scope) => {
      const actor = await lockActor(ctx, scope.db, 'auth.sso.manage')
      if (plain.defaultRole) requireBuiltIn(actor, plain.defaultRole)
      const known = await lockConnection(scope.db, id)
      if (known.version !== expectedVersion) throw versionConflict('connection', known.version)
      const row = await scope.db
        .updateTable('ssoConnection')
        .set({
          ...plain,
          version: sql<number>`version + 1`,
          ...(clientSecret === undefined ? {} : { sealedSecret: sealSecret(ctx, id, clientSecret) }),
          ...(isOtherClient ? { testedAt: null, testProblem: null, credentials: sql<number>`credentials + 1` } : {}),
        })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirstOrThrow()
      recordSecurityEvent(scope, { kind: 'sso.changed', about: { type: 'sso-connection', id }, details: { changed: Object.keys(changes).join(' ') } })
      return toConnection(ctx, row)
    })
  } catch (error) {
    throw isUniqueViolation(error) ? connectionTaken() : error
  }
}
