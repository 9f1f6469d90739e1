import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ambiguousRequest } from './request-errors.ts'

/**
 * Refuses what the parser lets pass but a proxy in front might read differently (request smuggling, B14): a transfer
 * coding other than chunked, and more than one Host. The connection ends: what follows on it cannot be trusted.
 */
export function refuseAmbiguous(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (!isAmbiguous(request)) return done()
    reply.header('connection', 'close')
    done(ambiguousRequest())
  })
}

function isAmbiguous({ headers, raw }: FastifyRequest): boolean {
  const coding = headers['transfer-encoding']
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') return true
  let hosts = 0
  // Names and values alternate. Node keeps the first of two hosts and tells nobody.
  for (let index = 0; index < raw.rawHeaders.length; index += 2) {
    const name = raw.rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  return hosts > 1
}
