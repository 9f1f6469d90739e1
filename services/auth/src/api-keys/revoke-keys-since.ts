import { apiKeyRevoked } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { refuseAccessTokens } from '../sessions/refuse-access-tokens.ts'

/** Ends the keys that were made in the name of a person since then, in each of their organisations in a transaction of its own. Again it changes nothing. */
export async function revokeKeysSince(publicCtx: PublicCtx, userId: string, since: Date): Promise<void> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId})`.execute(publicCtx.db)
  for (const { organizationId } of rows) {
    const ctx = publicCtx.enter(organizationId, { type: 'user', id: userId })
    const revoked = await ctx.write(async (scope) => {
      const keys = await scope.db
        .updateTable('apiKey')
        .set({ revokedAt: sql<Date>`now()` })
        .where('createdBy', '=', userId)
        .where('createdAt', '>=', since)
        .where('revokedAt', 'is', null)
        .returning(['id', 'name'])
        .execute()
      for (const { id, name } of keys) {
        recordSecurityEvent(scope, { kind: 'api-key.revoked', about: { type: 'api-key', id }, details: { name } })
        await scope.emit(apiKeyRevoked({ keyId: id }))
      }
      return keys
    })
    for (const { id } of revoked) await refuseAccessTokens(ctx, id)
  }
}
