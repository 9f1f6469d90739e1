import { allEndpoints, API_PREFIX, type Endpoint } from '@ai-crm/contracts'
import { guardEndpoint, isHasty, rememberPath, remainingMs, withRemoteParent, withSpan, type ServiceHost } from '@ai-crm/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Dispatcher } from 'undici'
import type { PublicCtx } from '../ctx.ts'
import { requestHeaders, responseHeaders } from './forward-headers.ts'
import { forwardRequest } from './forward-request.ts'
import type { Upstreams } from './upstreams.ts'

/** The service answers its own deadline; we wait this much longer for that answer. */
const GRACE_MS = 500

/** Mounts every endpoint of the services that do not run here. Token and permission are checked here and there. */
export function forwardEndpoints(ctx: PublicCtx, host: ServiceHost, upstreams: Upstreams): void {
  for (const endpoint of remoteEndpoints(host)) {
    const url = API_PREFIX + endpoint.path
    host.app.route({
      method: endpoint.method,
      url,
      config: { endpoint },
      ...(endpoint.bodyLimit ? { bodyLimit: endpoint.bodyLimit } : {}),
      onRequest: guardEndpoint(endpoint, { verifier: host.verifier, allowedOrigins: [...host.allowedOrigins, ...ctx.config.CORS_ORIGINS] }),
      handler: (request, reply) => forward(endpoint, upstreams, request, reply),
    })
    rememberPath(host.app, endpoint.method, url)
  }
}

const remoteEndpoints = ({ localServices }: ServiceHost): readonly Endpoint[] =>
  allEndpoints.filter(({ access, service }) => access !== 'internal' && !localServices.has(service))

async function forward(endpoint: Endpoint, upstreams: Upstreams, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const options = (): Dispatcher.RequestOptions | null => {
    const leftMs = remainingMs(request.dueAtMs)
    if (leftMs === 0) return null
    return {
      method: endpoint.method,
      path: request.url,
      headers: requestHeaders(request, leftMs),
      body: request.rawBody,
      headersTimeout: leftMs + GRACE_MS,
    }
  }
  const send = () => forwardRequest(endpoint, upstreams, { isHasty: isHasty(request), options })
  const answer = await withRemoteParent(request.trace, () => withSpan(`forward ${endpoint.name}`, { 'peer.service': endpoint.service }, send, 'client'))
  reply.code(answer.statusCode).headers(responseHeaders(answer.headers))
  return reply.send(await payloadOf(answer))
}

/** JSON answers are small by contract and are taken whole, so that they can be compressed; files are passed through. */
async function payloadOf(answer: Dispatcher.ResponseData) {
  const isJson = /^application\/(problem\+)?json/.test(String(answer.headers['content-type'] ?? ''))
  return isJson ? Buffer.from(await answer.body.arrayBuffer()) : answer.body
}
