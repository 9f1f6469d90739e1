import { createHash } from 'node:crypto'
import { API_PREFIX, type Endpoint } from '@ai-crm/contracts'
import type { FastifyRequest } from 'fastify'
import type { Rows, Statement } from '../../db/database.ts'
import { idempotencyKeyMissing } from '../request-errors.ts'
import type { Principal } from '../tokens.ts'
import { canonicalJson } from './canonical-json.ts'

/** What identifies a request for repeats (draft-ietf-httpapi-idempotency-key-header, reliability 1.1). */
export interface IdempotencyClaim {
  /** SHA-256 of principal, method, route template and key; the organisation is the row's own. */
  readonly scopeHash: Buffer
  /** SHA-256 of everything that the request asks for. */
  readonly fingerprint: Buffer
  /** SHA-256 of how far the rights of the asker reach. */
  readonly scopesHash: Buffer
  /** Advisory lock of organisation and scope, as a signed 64-bit number. */
  readonly lockId: string
}

export interface StoredAnswer {
  readonly status: number
  readonly body: string
  readonly etag: string | null
}

const PRINTABLE = /^[\x21-\x7E]{1,255}$/

/** Reads the header; throws `idempotencyKeyMissing` unless it is 1 to 255 printable characters. */
export function claimOf(request: FastifyRequest, endpoint: Endpoint, principal: Principal): IdempotencyClaim {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !PRINTABLE.test(key)) throw idempotencyKeyMissing()
  const route = `${endpoint.method} ${API_PREFIX}${endpoint.path}`
  const scopeHash = sha256([...agentOf(principal), route, key])
  const fingerprint = sha256([
    route,
    canonicalJson(request.params),
    canonicalJson(request.query),
    request.headers['if-match'] ?? '',
    request.body === undefined ? '' : 'application/json',
    canonicalJson(request.body),
  ])
  const lockId = sha256([principal.organizationId, scopeHash.toString('hex')])
    .readBigInt64BE(0)
    .toString()
  return { scopeHash, fingerprint, scopesHash: sha256([canonicalJson(principal.scopes)]), lockId }
}

/** A key and the person who made it do not share what they have asked for. */
function agentOf({ agent, userId }: Principal): readonly string[] {
  if (agent.type === 'user') return ['user', userId]
  // A key has one person; for whom an automation acts may change.
  return agent.type === 'api-key' ? ['api-key', agent.id] : [agent.type, agent.id, userId]
}

/** Parts are length-prefixed, so that no two lists give the same hash input. */
function sha256(parts: readonly string[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest()
}

/** False when another request with the same key is running. The lock ends with the transaction, also by a crash. */
export const lockStatement = (claim: IdempotencyClaim): Statement => ({
  text: 'select pg_try_advisory_xact_lock($1::bigint) as is_locked',
  values: [claim.lockId],
})

/** Looks the answer up; after the lock in the same batch, so that it sees what the lock's last holder committed. */
export const lookupStatement = (claim: IdempotencyClaim): Statement => ({
  text: 'select fingerprint, scopes_hash, status, body, etag from idempotency_key where organization_id = platform.current_organization() and scope_hash = $1',
  values: [claim.scopeHash],
})

export const storeStatement = (claim: IdempotencyClaim, answer: StoredAnswer): Statement => ({
  text: 'insert into idempotency_key (scope_hash, fingerprint, scopes_hash, status, body, etag) values ($1, $2, $3, $4, $5, $6)',
  values: [claim.scopeHash, claim.fingerprint, claim.scopesHash, answer.status, answer.body, answer.etag],
})

export const isLocked = (rows: Rows | undefined): boolean => rows?.rows[0]?.['isLocked'] === true

/** `isSameRequest`: it belongs to this request's fingerprint. `isStillInReach`: the rights reach as far as when it was stored. */
export interface FoundAnswer extends StoredAnswer {
  readonly isSameRequest: boolean
  readonly isStillInReach: boolean
}

/** The answer that was stored, or null. */
export function storedAnswer(rows: Rows | undefined, claim: IdempotencyClaim): FoundAnswer | null {
  const row = rows?.rows[0]
  if (!row) return null
  const { fingerprint, scopesHash, status, body, etag } = row
  return {
    isSameRequest: Buffer.isBuffer(fingerprint) && fingerprint.equals(claim.fingerprint),
    isStillInReach: !Buffer.isBuffer(scopesHash) || scopesHash.equals(claim.scopesHash),
    status: Number(status),
    body: String(body),
    etag: typeof etag === 'string' ? etag : null,
  }
}
