import type { FastifyReply, FastifyRequest } from 'fastify'
import { httpDuration } from '../telemetry/metrics.ts'

/** Log fields of a request, by allow-list: no bodies, no query strings (they hold what people search for). */
const facts = (request: FastifyRequest) => ({
  requestId: request.id,
  correlationId: request.correlationId,
  organizationId: request.principal?.organizationId,
  userId: request.principal?.userId,
  sessionId: request.principal?.sessionId,
  method: request.method,
  route: request.routeOptions.url,
})

/** 502 to 504 are answers by plan (overload, a service that is away), other 5xx are faults of ours. */
function levelFor(status: number) {
  if (status >= 502 && status <= 504) return 'warn'
  if (status >= 500) return 'error'
  return status >= 400 ? 'info' : 'debug'
}

/** One measurement and one line per answer: successes at debug, refusals at info, outages at warn, faults at error. */
export function logAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { endpoint } = request.routeOptions.config
  const labels = { service: endpoint?.service ?? 'none', operation: endpoint?.name ?? 'none', status: reply.statusCode }
  httpDuration.observe(labels, reply.elapsedTime / 1000)
  const level = levelFor(reply.statusCode)
  if (level !== 'debug' || request.log.level === 'debug' || request.log.level === 'trace')
    request.log[level]({ ...facts(request), status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) }, 'request answered')
  done()
}

/** The unplanned error behind a 5xx, found by the request id that the client was shown. */
export function logFailure(request: FastifyRequest, error: unknown): void {
  request.log.error({ ...facts(request), err: error }, 'request failed')
}
