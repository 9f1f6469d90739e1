import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ifMatchInvalid, ifMatchMissing } from './request-errors.ts'

/** Our ETags are the version of the row, as a strong tag: `"3"` (RFC 9110 8.8.3). */
const VERSION_TAG = /^"(\d{1,15})"$/

/**
 * The version that the caller changed, from If-Match; 0 where the endpoint does not ask for it. Throws 428 when
 * it is missing (RFC 6585 3) and 400 when it is no tag of ours: `*` and weak tags would skip the check.
 */
export function expectedVersionOf(request: FastifyRequest, endpoint: Endpoint): number {
  if (endpoint.concurrency !== 'if-match') return 0
  const header = request.headers['if-match']
  if (header === undefined) throw ifMatchMissing()
  const version = VERSION_TAG.exec(header)?.[1]
  if (version === undefined) throw ifMatchInvalid()
  return Number(version)
}

/** The ETag of an answer that carries `version`, where the contract declares one; else null. */
export function etagOf(endpoint: Endpoint, answer: unknown): string | null {
  if (!endpoint.concurrency || typeof answer !== 'object' || answer === null || !('version' in answer)) return null
  return typeof answer.version === 'number' ? `"${answer.version}"` : null
}

export function setEtag(reply: FastifyReply, etag: string | null): void {
  if (etag !== null) reply.header('etag', etag)
}
