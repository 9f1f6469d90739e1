import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { SERVICE_NAMES, type ServiceName } from '@ai-crm/contracts'
import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { unauthenticated } from './request-errors.ts'

/** A service that calls another one, and for whom. */
export interface ServiceCaller {
  readonly service: ServiceName
  /** The organisation for which it calls; null before one is known. */
  readonly organizationId: string | null
}

/** `ctx.deriveKey` of any service: every process derives from the same master secret, so all know all public parts. */
type DeriveKey = (purpose: string) => Buffer
/** `ctx.deriveKeys`: with a second one while the master secret is exchanged. */
type DeriveKeys = (purpose: string) => readonly Buffer[]

const ALGORITHM = 'EdDSA'
const TYPE = 'service+jwt'
const LIFETIME_SECONDS = 60
/** Clocks of two of our machines may differ by this much. */
const CLOCK_SKEW_SECONDS = 30

/** RFC 8410: the frame of an Ed25519 private key around its 32-byte seed. */
const PKCS8_FRAME = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Each service has a key of its own, so that a token says who made it and cannot be taken for an access token. */
const purposeOf = (service: ServiceName): string => `service-token.${service}`
const privateKey = (seed: Buffer): KeyObject => createPrivateKey({ key: Buffer.concat([PKCS8_FRAME, seed]), format: 'der', type: 'pkcs8' })

/** Signs a token with which `from` calls `to`, for one minute. */
export function signServiceToken(deriveKey: DeriveKey, from: ServiceName, to: ServiceName, organizationId: string | null): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000)
  return new SignJWT(organizationId === null ? {} : { org: organizationId })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: from })
    .setIssuer(from)
    .setAudience(to)
    .setJti(crypto.randomUUID())
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt - CLOCK_SKEW_SECONDS)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(privateKey(deriveKey(purposeOf(from))))
}

const Header = z.strictObject({ alg: z.literal(ALGORITHM), typ: z.literal(TYPE), kid: z.enum(SERVICE_NAMES) })
const Claims = z.object({ iss: z.enum(SERVICE_NAMES), org: z.uuid().optional(), iat: z.number(), exp: z.number() })
const MAX_TOKEN_BYTES = 2_048

export interface ServiceTokenVerifier {
  /** Who calls; throws `unauthenticated` (401) unless the token was made for `audience` within the last minute. */
  verify(token: string, audience: ServiceName): Promise<ServiceCaller>
}

export function createServiceTokenVerifier(deriveKeys: DeriveKeys): ServiceTokenVerifier {
  return {
    async verify(token, audience) {
      try {
        if (token.length > MAX_TOKEN_BYTES) throw unauthenticated()
        const header = Header.parse(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')))
        const options = {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: header.kid,
          audience,
          maxTokenAge: LIFETIME_SECONDS + CLOCK_SKEW_SECONDS,
          clockTolerance: CLOCK_SKEW_SECONDS,
        }
        const keys = deriveKeys(purposeOf(header.kid)).map((seed) => createPublicKey(privateKey(seed)))
        const { payload } = await Promise.any(keys.map((key) => jwtVerify(token, key, options)))
        const claims = Claims.parse(payload)
        if (claims.exp - claims.iat > LIFETIME_SECONDS) throw unauthenticated()
        return { service: claims.iss, organizationId: claims.org ?? null }
      } catch {
        throw unauthenticated()
      }
    },
  }
}
