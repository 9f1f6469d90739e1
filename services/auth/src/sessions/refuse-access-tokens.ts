import { revokeSession } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'

/**
 * The access tokens of an ended session are refused from now on. While the cache is away the session is over all the same,
 * and the consumer of session.revoked keeps trying: whoever signs out is not told of it.
 */
export async function refuseAccessTokens({ cache, log }: Pick<Ctx, 'cache' | 'log'>, sessionId: string): Promise<void> {
  try {
    await revokeSession(cache, sessionId)
  } catch (error) {
    log.warn({ err: error, sessionId }, 'the end of a session did not reach the cache yet')
  }
}
