import { importJWK, type CryptoKey } from 'jose'
import { z } from 'zod'

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

export interface KeySet {
  /** The key by its id, or null. An unknown id fetches the set anew, but at most every 5 s. */
  find(kid: string): Promise<CryptoKey | null>
}

/** Keys by id. Old and new keys overlap in the set while they rotate; a key that left the set is forgotten in 5 minutes. */
export function createKeySet(fetchKeys: () => Promise<Jwks>): KeySet {
  let keys = new Map<string, CryptoKey>()
  let fetchedAtMs = Number.NEGATIVE_INFINITY
  let fetching: Promise<void> | null = null

  const fetchOnce = (): Promise<void> => {
    fetching ??= importAll(fetchKeys)
      .then((fresh) => void (keys = fresh))
      .finally(() => {
        fetchedAtMs = performance.now()
        fetching = null
      })
    return fetching
  }

  return {
    async find(kid) {
      const ageMs = performance.now() - fetchedAtMs
      const isMissing = !keys.has(kid)
      if ((isMissing && ageMs > REFETCH_AFTER_MS) || ageMs > REFRESH_AFTER_MS) await fetchOnce()
      else if (isMissing && fetching) await fetching
      return keys.get(kid) ?? null
    },
  }
}

async function importAll(fetchKeys: () => Promise<Jwks>): Promise<Map<string, CryptoKey>> {
  const { keys } = await fetchKeys()
  const usable = keys.map((key) => SigningKey.safeParse(key)).flatMap((result) => (result.success ? [result.data] : []))
  const imported = await Promise.all(usable.map(async (key) => [key.kid, await importJWK({ kty: key.kty, crv: key.crv, x: key.x }, 'EdDSA')] as const))
  return new Map(imported.flatMap(([kid, key]) => (key instanceof Uint8Array ? [] : [[kid, key] as const])))
}
