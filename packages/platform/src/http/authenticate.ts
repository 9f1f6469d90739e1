import type { Access } from '@ai-crm/contracts'
import type { FastifyRequest } from 'fastify'
import { permissionDenied, personNeeded, stepUpNeeded, unauthenticated } from './request-errors.ts'
import type { Principal, TokenVerifier } from './tokens.ts'

/** RFC 6750: the token travels in this header only, never in the address or a form. */
const BEARER = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i

/** The token of the request; throws `unauthenticated` where there is none. */
export function bearerOf(request: FastifyRequest): string {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) throw unauthenticated()
  return token
}

/** The principal of the request's bearer token; throws `unauthenticated`. */
export async function authenticate(request: FastifyRequest, verifier: TokenVerifier): Promise<Principal> {
  return verifier.verify(bearerOf(request))
}

/** Throws `permissionDenied` unless the principal has what the endpoint asks for. */
export function authorise(principal: Principal, access: Exclude<Access, 'public' | 'internal'>): void {
  if (access === 'signed-in') {
    if (principal.agent.type !== 'user') throw personNeeded()
    return
  }
  if (!principal.permissions.has(access)) throw permissionDenied(access)
}

/** A proof older than this does not carry a sensitive action. */
const FRESH_MS = 10 * 60_000

/** What of a principal tells who acts, and when the person has last proven who they are. */
export type Proof = Pick<Principal, 'agent' | 'authenticatedAtMs'>

/** Throws `stepUpNeeded` unless the person themselves, not a key of theirs, has proven who they are a moment ago. Null: no request, nobody. */
export function requireFreshProof(proof: Proof | null): void {
  if (proof === null) throw stepUpNeeded()
  const { agent, authenticatedAtMs } = proof
  if (agent.type !== 'user' || Date.now() - authenticatedAtMs > FRESH_MS) throw stepUpNeeded()
}

/** The same, but a key goes on: whoever made it gave such a proof, and chose what it may do. */
export function requireFreshProofUnlessKey(proof: Proof | null): void {
  if (proof?.agent.type !== 'api-key') requireFreshProof(proof)
}
