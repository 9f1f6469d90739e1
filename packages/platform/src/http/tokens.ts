import { CustomGrant, DelegatedAgent, FACTORS, ROLES, rightsOf, type Factor, type Rights, type Role } from '@ai-crm/contracts'
import { importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { Cache } from '../adapters.ts'
import { parseStrictJson } from './json-body.ts'
import { createKeySet, type Jwks } from './key-set.ts'
import { unauthenticated } from './request-errors.ts'
import { createRevocationList } from './revocation.ts'

/** Through what the person acts: a browser, a key that they made, or an automation or the AI for them. */
export type Agent = { readonly type: 'user' } | { readonly type: 'api-key'; readonly id: string } | DelegatedAgent

/** Who a verified access token speaks for, and what they may do. */
export interface Principal extends Rights {
  readonly userId: string
  readonly organizationId: string
  /** The built-in role, or the one that the custom role was made from. Ask `permissions` what is permitted, never this. */
  readonly role: Role
  readonly customRoleId: string | null
  readonly sessionId: string
  readonly agent: Agent
  /** When and by what the person has last proven who they are. */
  readonly authenticatedAtMs: number
  readonly factors: readonly Factor[]
  /** When the rights in it were read, in ms with fractions: whatever changed them later makes it worthless. */
  readonly issuedAtMs: number
  readonly expiresAtMs: number
}

/** What is signed. What is left out: no custom role, the person in a browser, with a password, right now. */
export interface TokenSubject extends Pick<Principal, 'userId' | 'organizationId' | 'role' | 'sessionId'> {
  readonly grant?: CustomGrant | null
  readonly agent?: Agent
  readonly authenticatedAtMs?: number
  readonly factors?: readonly Factor[]
  readonly issuedAtMs?: number
}

export interface TokenVerifier {
  /** The principal of a valid access token; throws `unauthenticated` (401) for anything else. */
  verify(token: string): Promise<Principal>
  /** Whether what was verified before is over by now: its session or key ended, or its rights changed. */
  isRefused(principal: Principal): Promise<boolean>
  /** The same, asked of the cache in this moment instead of within the last 5 s: before what cannot be taken back by ending a session. */
  isRefusedNow(principal: Principal): Promise<boolean>
}

const ISSUER = 'ai-crm'
const AUDIENCE = 'ai-crm-api'
const ALGORITHM = 'EdDSA'
const TYPE = 'at+jwt'
const LIFETIME_SECONDS = 600
/** Clocks of two of our machines may differ by this much; taken off `nbf`, so that verifiers need no leeway. */
const CLOCK_SKEW_SECONDS = 60
const MAX_TOKEN_BYTES = 8 * 1024

export type AccessTokenSigner = (subject: TokenSubject) => Promise<{ token: string; expiresAt: Date }>

/** Signs access tokens (RFC 9068) with one private Ed25519 JWK that has a `kid`; they live for 10 minutes. */
export async function createTokenSigner(privateJwk: JWK): Promise<AccessTokenSigner> {
  const key = await importJWK(privateJwk, ALGORITHM)
  const { kid } = privateJwk
  if (!kid) throw new Error('The signing key has no kid.')
  return async (subject) => {
    const issuedAtMs = subject.issuedAtMs ?? Date.now()
    const issuedAt = Math.floor(issuedAtMs / 1000)
    const expiresAt = issuedAt + LIFETIME_SECONDS
    const token = await new SignJWT(claimsOf(subject, issuedAtMs))
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(subject.userId)
      .setJti(crypto.randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt - CLOCK_SKEW_SECONDS)
      .setExpirationTime(expiresAt)
      .sign(key)
    return { token, expiresAt: new Date(expiresAt * 1000) }
  }
}

function claimsOf(subject: TokenSubject, issuedAtMs: number) {
  const { organizationId, role, sessionId, grant, agent, authenticatedAtMs = issuedAtMs, factors = ['password'] } = subject
  return {
    org: organizationId,
    role,
    sid: sessionId,
    iat_ms: issuedAtMs,
    auth_time: Math.floor(authenticatedAtMs / 1000),
    amr: factors,
    ...(grant ? { grant } : {}),
    ...claimsOfAgent(agent),
  }
}

const claimsOfAgent = (agent: Agent = { type: 'user' }) => (agent.type === 'user' ? {} : agent.type === 'api-key' ? { key: agent.id } : { agent })

/** Nothing else may stand in the header: `jku`, `x5u`, `jwk` and `crit` are refused by not being known. */
const Header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal(TYPE), kid: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/) })

const Claims = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  sid: z.uuid(),
  role: z.enum(ROLES),
  grant: CustomGrant.optional(),
  key: z.uuid().optional(),
  agent: DelegatedAgent.optional(),
  auth_time: z.number().optional(),
  amr: z.array(z.enum(FACTORS)).max(10).default(['password']),
  /** `iat` has seconds only; a change of rights and a refresh often fall into the same one. */
  iat_ms: z.number().optional(),
  jti: z.string().min(1),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
})

/**
 * Verifies access tokens. Verified ones are remembered (bounded) until they expire, so that a signature costs
 * once per token; a revoked session and rights that have changed are refused within 5 s, also for remembered tokens.
 */
export function createTokenVerifier(parts: { keys: () => Promise<Jwks>; cache: Cache }): TokenVerifier {
  const keySet = createKeySet(parts.keys)
  const revocations = createRevocationList(parts.cache)
  const unremembered = createRevocationList(parts.cache, 0)
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
      if (await revocations.isRefused(principal)) throw unauthenticated()
      return principal
    },
    isRefused: (principal) => revocations.isRefused(principal),
    isRefusedNow: (principal) => unremembered.isRefused(principal),
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
    return principalOf(Claims.parse(payload))
  } catch {
    throw unauthenticated()
  }
}

function agentOf({ key, agent }: z.infer<typeof Claims>): Agent {
  return agent ?? (key === undefined ? { type: 'user' } : { type: 'api-key', id: key })
}

function principalOf(claims: z.infer<typeof Claims>): Principal {
  const issuedAtMs = claims.iat_ms ?? claims.iat * 1000
  const agent = agentOf(claims)
  return {
    ...rightsOf(claims.role, claims.grant ?? null),
    userId: claims.sub,
    organizationId: claims.org,
    role: claims.role,
    // The grant of an agent whose person has a built-in role names the agent: that is no role.
    customRoleId: claims.grant && (agent.type === 'user' || claims.grant.roleId !== agent.id) ? claims.grant.roleId : null,
    sessionId: claims.sid,
    agent,
    authenticatedAtMs: claims.auth_time === undefined ? issuedAtMs : claims.auth_time * 1000,
    factors: claims.amr,
    issuedAtMs,
    expiresAtMs: claims.exp * 1000,
  }
}
