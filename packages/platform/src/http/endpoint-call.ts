import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import type { Client, Origin } from '../context.ts'
import type { WorkLimits } from '../runtime/runtime.ts'
import { lateAnswers } from '../telemetry/metrics.ts'
import { currentTraceparent } from '../telemetry/tracing.ts'
import { unauthenticated } from './request-errors.ts'
import type { Principal } from './tokens.ts'

/** One request whose input was accepted: everything that answering it needs. */
export interface Call {
  readonly endpoint: Endpoint
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly limits: WorkLimits
  /** Runs the handler of the service and checks its answer. */
  invoke(ctx: unknown): Promise<unknown>
}

/** Whether the caller has their 504 by now: then nothing is sent, and what was opened for it is closed. */
export function dropsLate({ endpoint: { service, name }, limits: { signal } }: Call, answer?: unknown): boolean {
  if (!signal.aborted) return false
  lateAnswers.inc({ service, operation: name })
  if (typeof answer === 'object' && answer !== null && 'body' in answer && answer.body instanceof Readable) answer.body.destroy()
  return true
}

/** The principal that the guard of the route has put there. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw unauthenticated()
  return request.principal
}

/** What the request itself tells; the address is the trusted proxy's word, or the connection's. */
export const clientOf = (request: FastifyRequest): Client => ({
  address: request.ip,
  userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
  requestId: request.id,
})

/** A request begins a chain: nothing caused it but the person. */
export function originOf(request: FastifyRequest): Origin {
  const { organizationId, userId, role, customRoleId, agent, authenticatedAtMs, permissions, scopes, fields } = principalOf(request)
  return {
    organizationId,
    actor: agent.type === 'user' ? { type: 'user', id: userId } : { type: agent.type, id: agent.id },
    correlationId: request.correlationId,
    causationId: null,
    depth: 0,
    trace: currentTraceparent() ?? request.trace,
    client: clientOf(request),
    rights: { userId, role: customRoleId ?? role, proof: { agent, authenticatedAtMs }, permissions, scopes, fields },
  }
}
