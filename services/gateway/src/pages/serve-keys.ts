import { API_PREFIX, authEndpoints } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'

/** The public keys at the address where others look for them (RFC 8414), wherever the auth service runs. */
export function serveKeys(app: FastifyInstance): void {
  app.get('/.well-known/jwks.json', async (request, reply) => {
    // Charged to whoever asks: else one of them could use up what all are given.
    const answer = await app.inject({ method: 'GET', url: API_PREFIX + authEndpoints.getJwks.path, remoteAddress: request.ip })
    return reply
      .code(answer.statusCode)
      .type(answer.headers['content-type'] ?? 'application/json')
      .header('cache-control', answer.statusCode === 200 ? 'public, max-age=60' : 'no-store')
      .send(answer.rawPayload)
  })
}
