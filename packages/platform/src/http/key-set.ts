import { importJWK, type CryptoKey } from 'jose'
import { z } from 'zod'
import { defineError } from '../errors.ts'

/** RFC 7517 public keys, as the auth service publishes them. */
export interface Jwks {
  readonly keys: readonly Readonly<Record<string, unknown>>[]
}

/** The only keys that we accept: Ed25519, for signatures. Everything else in a key set is skipped. */
const SigningKey = z.object({
  kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  use: z.literal('sig').optional(),
})

const REFETCH_AFTER_MS = 5_000
const REFRESH_AFTER_MS = 5 * 60_000

/** After a failure the auth service is asked again this soon. */
const RETRY_AFTER_MS = 500

/** Neither yes nor no: a client must not sign out because of it. */
const keysUnavailable = defineError(
  'platform.keys_unavailable',
  503,
  () => 'Your access token cannot be checked right now. Try again in a moment.',
  () => ({ retryAfterSeconds: 1 }),
)

export interface KeySet {
  /**
   * The key by its id, or null. An unknown id fetches the set anew, but at most every 5 s. While the set cannot be
   * fetched, known keys go on, and an unknown one throws `keysUnavailable` (503).
   */
  find(kid: string): Promise<CryptoKey | null>
}

/** Keys by id. Old and new keys overlap in the set while they rotate; a key that left the set is forgotten in 5 minutes. */
export function createKeySet(fetchKeys: () => Promise<Jwks>, now: () => number = () => performance.now()): KeySet {
  let keys = new Map<string, CryptoKey>()
  let askedAtMs = Number.NEGATIVE_INFINITY
  let hasFailed = false
  let fetching: Promise<void> | null = null

  const fetchOnce = async (): Promise<void> => {
    try {
      keys = await importAll(fetchKeys)
      hasFailed = false
    } catch {
      // Reported by the caller's 503 where it matters; with the keys at hand it does not.
      hasFailed = true
    } finally {
      askedAtMs = now()
      fetching = null
    }
  }

  return {
    async find(kid) {
      const ageMs = now() - askedAtMs
      const isMissing = !keys.has(kid)
      const waitMs = hasFailed ? RETRY_AFTER_MS : isMissing ? REFETCH_AFTER_MS : REFRESH_AFTER_MS
      if (ageMs > waitMs) fetching ??= fetchOnce()
      if (fetching && (isMissing || !hasFailed)) await fetching
      const key = keys.get(kid)
      if (!key && hasFailed) throw keysUnavailable()
      return key ?? null
    },
  }
}

async function importAll(fetchKeys: () => Promise<Jwks>): Promise<Map<string, CryptoKey>> {
  const { keys } = await fetchKeys()
  const usable = keys.map((key) => SigningKey.safeParse(key)).flatMap((result) => (result.success ? [result.data] : []))
  const imported = await Promise.all(usable.map(async (key) => [key.kid, await importJWK({ kty: key.kty, crv: key.crv, x: key.x }, 'EdDSA')] as const))
  return new Map(imported.flatMap(([kid, key]) => (key instanceof Uint8Array ? [] : [[kid, key] as const])))
}
