import { apiKeyRevoked } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { refuseAccessTokens } from '../sessions/refuse-access-tokens.ts'

/** Ends a key for good. Its access tokens carry the key's id as their session and die like those of one, within 5 s; what it began ends too. */
export async function revokeApiKey(ctx: Ctx, keyId: string): Promise<void> {
  const found = await ctx.db.selectFrom('apiKey').select('id').where('id', '=', keyId).executeTakeFirst()
  if (!found) throw notFound('API key')
  await ctx.write(async (scope) => {
    await lockActor(ctx, scope.db, 'auth.api-key.manage')
    const revoked = await scope.db
      .updateTable('apiKey')
      .set({ revokedAt: sql<Date>`now()` })
      .where('id', '=', keyId)
      .where('revokedAt', 'is', null)
      .returning('name')
      .executeTakeFirst()
    if (!revoked) return
    recordSecurityEvent(scope, { kind: 'api-key.revoked', about: { type: 'api-key', id: keyId }, details: { name: revoked.name } })
    await scope.emit(apiKeyRevoked({ keyId }))
  })
  await refuseAccessTokens(ctx, keyId)
}
