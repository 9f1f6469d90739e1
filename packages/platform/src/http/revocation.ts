import { LRUCache } from 'lru-cache'
import type { Cache } from '../adapters.ts'
import { cacheKey } from '../cache/cache-key.ts'

/** Session ids are unique in the whole installation and known before the organisation is. */
const revocationKey = (sessionId: string): string => cacheKey('global', 'revoked-session', sessionId)

/** Longer than any access token lives; after it the session's tokens are dead by themselves. */
const REMEMBER_SECONDS = 15 * 60
const REREAD_AFTER_MS = 5_000

/** Ends a session: its access tokens are refused by every process within 5 s. */
export async function revokeSession(cache: Cache, sessionId: string): Promise<void> {
  await cache.set(revocationKey(sessionId), '1', REMEMBER_SECONDS)
}

export interface RevocationList {
  isRevoked(sessionId: string): Promise<boolean>
}

/**
 * Reads each session's revocation at most every 5 s, or as told. While the cache is away, what was read last holds and an
 * unknown session counts as alive: tokens are short-lived, and a lost cache must not sign everybody out.
 */
export function createRevocationList(cache: Cache, rereadAfterMs: number = REREAD_AFTER_MS): RevocationList {
  const known = new LRUCache<string, { isRevoked: boolean; readAtMs: number }>({ max: 20_000 })
  return {
    async isRevoked(sessionId) {
      const last = known.get(sessionId)
      const nowMs = performance.now()
      if (last && (last.isRevoked || nowMs - last.readAtMs < rereadAfterMs)) return last.isRevoked
      const isRevoked = await cache.get(revocationKey(sessionId)).then(
        (value) => value !== null,
        () => last?.isRevoked ?? false,
      )
      known.set(sessionId, { isRevoked, readAtMs: nowMs })
      return isRevoked
    },
  }
}
