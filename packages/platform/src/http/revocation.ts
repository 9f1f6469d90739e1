import { LRUCache } from 'lru-cache'
import type { Cache } from '../adapters.ts'
import { cacheKey } from '../cache/cache-key.ts'

/** Session ids are unique in the whole installation and known before the organisation is. */
const sessionKey = (sessionId: string): string => cacheKey('global', 'revoked-session', sessionId)
const memberKey = (organizationId: string, userId: string): string => cacheKey(organizationId, 'refused-before', 'member', userId)
const roleKey = (organizationId: string, roleId: string): string => cacheKey(organizationId, 'refused-before', 'role', roleId)

/** Longer than any access token lives; after it the session's tokens are dead by themselves. */
const REMEMBER_SECONDS = 15 * 60
const REREAD_AFTER_MS = 5_000

/** Ends a session: its access tokens are refused by every process within 5 s. */
export async function revokeSession(cache: Cache, sessionId: string): Promise<void> {
  await cache.set(sessionKey(sessionId), '1', REMEMBER_SECONDS)
}

/**
 * The person's rights in the organisation have changed: tokens whose rights were read before `beforeMs` are refused by
 * every process within 5 s, and their owner gets new ones by refreshing. `beforeMs` is read from the clock that issues
 * tokens (the database of auth), as the change is committed or later: until then the old rights are read into new tokens.
 */
export async function refuseTokensOf(cache: Cache, organizationId: string, userId: string, beforeMs: number): Promise<void> {
  await raise(cache, memberKey(organizationId, userId), beforeMs)
}

/** The same for everybody who has this custom role. */
export async function refuseTokensOfRole(cache: Cache, organizationId: string, roleId: string, beforeMs: number): Promise<void> {
  await raise(cache, roleKey(organizationId, roleId), beforeMs)
}

/** Never lowers what is there: the same change is told more than once, in any order. */
async function raise(cache: Cache, key: string, beforeMs: number): Promise<void> {
  const known = await cache.get(key)
  if (known === null || Number(known) < beforeMs) await cache.set(key, String(beforeMs), REMEMBER_SECONDS)
}

/** What of a token decides whether it still counts. */
export interface Revocable {
  readonly organizationId: string
  readonly userId: string
  readonly customRoleId: string | null
  readonly sessionId: string
  readonly issuedAtMs: number
}

export interface RevocationList {
  /** Whether the session is over, or the rights in the token are no longer those of the person. */
  isRefused(token: Revocable): Promise<boolean>
  /** Whether the session is over: it does not come back. */
  isRevoked(sessionId: string): Promise<boolean>
}

/**
 * Reads each fact at most every 5 s, or as told. While the cache is away, what was read last holds and what is unknown counts as
 * alive: tokens are short-lived, and a lost cache must not sign everybody out.
 */
export function createRevocationList(cache: Cache, rereadAfterMs: number = REREAD_AFTER_MS): RevocationList {
  const known = new LRUCache<string, { value: string | null; readAtMs: number }>({ max: 20_000 })

  const read = async (key: string): Promise<string | null> => {
    const last = known.get(key) ?? null
    const nowMs = performance.now()
    if (last && nowMs - last.readAtMs < rereadAfterMs) return last.value
    const value = await cache.get(key).catch(() => last?.value ?? null)
    known.set(key, { value, readAtMs: nowMs })
    return value
  }

  return {
    isRevoked: async (sessionId) => (await read(sessionKey(sessionId))) !== null,
    async isRefused({ organizationId, userId, customRoleId, sessionId, issuedAtMs }) {
      const [session, member, role] = await Promise.all([
        read(sessionKey(sessionId)),
        read(memberKey(organizationId, userId)),
        customRoleId === null ? null : read(roleKey(organizationId, customRoleId)),
      ])
      return session !== null || [member, role].some((beforeMs) => beforeMs !== null && issuedAtMs < Number(beforeMs))
    },
  }
}
