import { allEndpoints, API_PREFIX, API_VERSION, type Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import { unknownApiVersion } from './request-errors.ts'

/**
 * Says in every answer of an endpoint which version of the API it was, and of a deprecated one that it will go. A
 * request that names another version is refused instead of being guessed at.
 */
export function tellVersion(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { endpoint } = request.routeOptions.config
    if (!endpoint) return done()
    reply.header('api-version', API_VERSION)
    if (endpoint.deprecated) reply.headers(deprecationHeaders(endpoint.deprecated))
    const wanted = request.headers['api-version']
    done(wanted === undefined || wanted === API_VERSION ? undefined : unknownApiVersion(API_VERSION))
  })
}

/** RFC 9745 (a structured date), RFC 8594 (an HTTP date), and where to go (RFC 5829: successor-version). */
function deprecationHeaders({ since, sunset, replacement }: NonNullable<Endpoint['deprecated']>): Record<string, string> {
  const successor = allEndpoints.find(({ name }) => name === replacement)
  return {
    deprecation: `@${Math.floor(Date.parse(`${since}T00:00:00Z`) / 1000)}`,
    sunset: new Date(`${sunset}T00:00:00Z`).toUTCString(),
    ...(successor ? { link: `<${API_PREFIX}${successor.path}>; rel="successor-version"` } : {}),
  }
}
