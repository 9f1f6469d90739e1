import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import { temporarilyUnavailable } from './request-errors.ts'

/**
 * Refuses at once, before token and database, what would only wait (reliability 1.14). The fuller the process, the
 * more important a request must be: first costly work goes (AI, exports), then reads, then writes; sign-in stays.
 */
export function shedLoad(app: FastifyInstance, maxConcurrent: number): void {
  let running = 0
  app.addHook('onRequest', (request, reply, done) => {
    const { endpoint } = request.routeOptions.config
    if (!endpoint) return done()
    if (running >= maxConcurrent * shareFor(endpoint)) return done(temporarilyUnavailable())
    running++
    // Once per request, also when the client has gone before the answer.
    reply.raw.once('close', () => running--)
    done()
  })
}

const COSTLY = 10

/** The share of the slots up to which such a request is still taken. */
function shareFor(endpoint: Endpoint): number {
  if (endpoint.access === 'public') return 1
  if ((endpoint.cost ?? 1) >= COSTLY) return 0.5
  return endpoint.idempotency === 'safe' ? 0.75 : 0.9
}
