import { API_PREFIX, type Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify'
import type { Route } from '../service.ts'
import { authenticate, authorise } from './authenticate.ts'
import { answerer, type AnswerOptions } from './answer-endpoint.ts'
import { rememberPath } from './known-paths.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { serialiserSchema } from './response-schema.ts'
import type { TokenVerifier } from './tokens.ts'

export interface MountOptions extends AnswerOptions {
  readonly verifier: TokenVerifier
  /** Origins of ours, beside the app's own host, that may use the cookie endpoints: `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[]
}

/** Mounts the service's routes on the app of this process. Call before `listen`; throws on a contract it cannot keep. */
export function mountService(app: FastifyInstance, options: MountOptions): void {
  for (const route of options.runtime.definition.routes) mountRoute(app, route, options)
}

function mountRoute(app: FastifyInstance, route: Route, options: MountOptions): void {
  const { endpoint } = route
  assertMountable(endpoint)
  const url = API_PREFIX + endpoint.path
  app.route({
    method: endpoint.method,
    url,
    config: { endpoint },
    ...(endpoint.bodyLimit ? { bodyLimit: endpoint.bodyLimit } : {}),
    ...(endpoint.response ? { schema: { response: { [endpoint.status]: serialiserSchema(endpoint.response) } } } : {}),
    onRequest: guard(endpoint, options),
    handler: answerer(route, options),
  })
  rememberPath(app, endpoint.method, url)
}

function assertMountable(endpoint: Endpoint): void {
  if (endpoint.access === 'internal') throw new Error(`${endpoint.name}: internal endpoints are not mounted on the public application.`)
  if (endpoint.access === 'public' && endpoint.idempotency === 'key')
    throw new Error(`${endpoint.name}: an Idempotency-Key needs a principal, but the endpoint is public.`)
  const isRead = endpoint.method === 'GET'
  if (isRead !== (endpoint.idempotency === 'safe')) throw new Error(`${endpoint.name}: GET and "safe" belong together.`)
}

/** Runs before the body is read: strangers cannot make us parse anything. */
function guard(endpoint: Endpoint, options: MountOptions): onRequestAsyncHookHandler {
  const { access } = endpoint
  if (access === 'public' || access === 'internal')
    return async (request) => {
      if (endpoint.method !== 'GET') refuseCrossSite(request, options.allowedOrigins ?? [])
    }
  return async (request) => {
    request.principal = await authenticate(request, options.verifier)
    authorise(request.principal, access)
  }
}
