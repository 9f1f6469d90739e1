import { z } from 'zod'
import type { Provider, ProvenIdentity } from './provider.ts'

/** Some send the text "true", Microsoft the number 1. */
const Yes = z.union([z.literal(true), z.literal('true'), z.literal(1), z.literal('1')])
const text = (max: number) => z.string().min(1).max(max)
const isYes = (claim: unknown): boolean => Yes.safeParse(claim).success

/** The last second that a Date knows. */
const MOST_SECONDS = 8_640_000_000_000

const Seconds = z.number().positive().max(MOST_SECONDS).optional().catch(undefined)
const Claims = z.looseObject({
  iss: text(500),
  sub: text(255),
  name: text(300).optional().catch(undefined),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()).optional().catch(undefined),
  amr: z.array(text(50)).max(20).optional().catch(undefined),
  acr: text(255).optional().catch(undefined),
  auth_time: Seconds,
  iat: Seconds,
})

/**
 * What the checked claims say. An address counts only if the provider says that it has verified it. Microsoft never says
 * so: its `email` is whatever a tenant's administrator wrote. Its `xms_edov` tells that the domain belongs to the tenant.
 */
export function readClaims(kind: Provider['kind'], claims: Readonly<Record<string, unknown>>): ProvenIdentity {
  const { iss, sub, name, email, amr = [], acr, auth_time: authTime, iat } = Claims.parse(claims)
  const isVerified = isYes(claims['email_verified']) || isYes(claims['xms_edov'])
  return {
    issuer: iss,
    subject: kind === 'microsoft' ? microsoftSubject(claims) : sub,
    email: isVerified && email !== undefined ? email : null,
    name: name?.trim().slice(0, 100) || null,
    amr,
    acr: acr ?? null,
    authenticatedAt: momentOf(authTime),
    issuedAt: momentOf(iat),
  }
}

const momentOf = (seconds: number | undefined): Date | null => (seconds === undefined ? null : new Date(seconds * 1000))

const Microsoft = z.object({ tid: z.uuid(), oid: z.uuid() })

/** `sub` is another one in every application of a tenant; `oid` within `tid` is the person. */
function microsoftSubject(claims: unknown): string {
  const { tid, oid } = Microsoft.parse(claims)
  return `${tid}:${oid}`
}
