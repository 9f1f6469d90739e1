import type { PublicCtx } from '../ctx.ts'
import { digestOf } from './refresh-token.ts'

export interface KnownToken {
  readonly digest: Buffer
  readonly organizationId: string
  readonly sessionId: string
  readonly userId: string
}

/** Whose token is it? What the row says is a verified fact: only we could have written the digest of these 256 bits. */
export async function findRefreshToken(ctx: PublicCtx, token: string): Promise<KnownToken | null> {
  const digest = digestOf(token)
  const row = await ctx.db.selectFrom('refreshToken').select(['tenantId', 'sessionId', 'userId']).where('digest', '=', digest).executeTakeFirst()
  return row ? { digest, organizationId: row.tenantId, sessionId: row.sessionId, userId: row.userId } : null
}
