import { ROLES, type Role } from '@ai-crm/contracts'
import { importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Cache } from '../adapters.ts'
import { parseStrictJson } from './json-body.ts'
import { createKeySet, type Jwks } from './key-set.ts'
import { unauthenticated } from './request-errors.ts'
import { createRevocationList } from './revocation.ts'

/** Who a verified access token speaks for. */
export interface Principal {
  readonly userId: string
  readonly organizationId: string
  readonly role: Role
  readonly sessionId: string
  readonly expiresAtMs: number
}

export interface TokenVerifier {
  /** The principal of a valid access token; throws `unauthenticated` (401) for anything else. */
  verify(token: string): Promise<Principal>
}

const ISSUER = 'ai-crm'
const AUDIENCE = 'ai-crm-api'
const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const LIFETIME_SECONDS = 600
/** Clocks of two of our machines may differ by this much; taken off `nbf`, so that verifiers need no leeway. */
const CLOCK_SKEW_SECONDS = 60
const MAX_TOKEN_BYTES = 8 * 1024

export type AccessTokenSigner = (subject: Omit<Principal, 'expiresAtMs'>) => Promise<{ token: string; expiresAt: Date }>

/** Signs access tokens (RFC 9068) with one private Ed25519 JWK that has a `kid`; they live for 10 minutes. */
export async function createTokenSigner(privateJwk: JWK): Promise<AccessTokenSigner> {
  const key = await importJWK(privateJwk, ALGORITHM)
  const { kid } = privateJwk
  if (!kid) throw new Error('The signing key has no kid.')
  return async ({ userId, organizationId, role, sessionId }) => {
    const issuedAt = Math.floor(Date.now() / 1000)
    const expiresAt = issuedAt + LIFETIME_SECONDS
    const token = await new SignJWT({ org: organizationId, role, sid: sessionId })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setJti(crypto.randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt - CLOCK_SKEW_SECONDS)
      .setExpirationTime(expiresAt)
      .sign(key)
    return { token, expiresAt: new Date(expiresAt * 1000) }
  }
}

/** Nothing else may stand in the header: `jku`, `x5u`, `jwk` and `crit` are refused by not being known. */
const Header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal(TYPE), kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

const Claims = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  sid: z.uuid(),
  role: z.enum(ROLES),
  jti: z.string().min(1),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
})

/**
 * Verifies access tokens. Verified ones are remembered (bounded) until they expire, so that a signature costs
 * once per token; a revoked session is refused within 5 s, also for remembered tokens.
 */
export function createTokenVerifier(parts: { keys: () => Promise<Jwks>; cache: Cache }): TokenVerifier {
  const keySet = createKeySet(parts.keys)
  const revocations = createRevocationList(parts.cache)
  const verified = new LRUCache<string, Principal>({ max: 10_000 })

  const verifyAnew = async (token: string): Promise<Principal> => {
    const key = await keySet.find(readKeyId(token))
    if (!key) throw unauthenticated()
    const principal = await checkSignature(token, key)
    verified.set(token, principal)
    return principal
  }

  return {
    async verify(token) {
      const known = verified.get(token)
      const principal = known ?? (await verifyAnew(token))
      if (principal.expiresAtMs <= Date.now()) throw unauthenticated()
      if (await revocations.isRevoked(principal.sessionId)) throw unauthenticated()
      return principal
    },
  }
}

const COMPACT_JWS = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/

/** The key id of a token whose form is beyond doubt; nothing of it is trusted yet, and nothing is fetched for it. */
function readKeyId(token: string): string {
  const parts = token.length <= MAX_TOKEN_BYTES ? COMPACT_JWS.exec(token) : null
  if (!parts?.[1] || !parts[2]) throw unauthenticated()
  try {
    // Strict JSON: a name that occurs twice could mean one thing to us and another to somebody else.
    parseStrictJson(Buffer.from(parts[2], 'base64url'))
    return Header.parse(parseStrictJson(Buffer.from(parts[1], 'base64url'))).kid
  } catch {
    throw unauthenticated()
  }
}

async function checkSignature(token: string, key: CryptoKey): Promise<Principal> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: [ALGORITHM], typ: TYPE, issuer: ISSUER, audience: AUDIENCE })
    const claims = Claims.parse(payload)
    return { userId: claims.sub, organizationId: claims.org, role: claims.role, sessionId: claims.sid, expiresAtMs: claims.exp * 1000 }
  } catch {
    throw unauthenticated()
  }
}
