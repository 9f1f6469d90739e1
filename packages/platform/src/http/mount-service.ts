import { API_PREFIX, INTERNAL_PREFIX, type Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import type { Route } from '../service.ts'
import { answerer, type AnswerOptions } from './answer-endpoint.ts'
import { rememberPath } from './known-paths.ts'
import { guardEndpoint, type GuardOptions } from './guard-endpoint.ts'

export interface MountOptions extends AnswerOptions, GuardOptions {}

/** Mounts the service's routes on the app of this process. Call before `listen`; throws on a contract it cannot keep. */
export function mountService(app: FastifyInstance, options: MountOptions): void {
  for (const route of options.runtime.definition.routes) mountRoute(app, route, options)
}

function mountRoute(app: FastifyInstance, route: Route, options: MountOptions): void {
  const { endpoint } = route
  assertMountable(endpoint)
  const isInternal = endpoint.access === 'internal'
  const url = (isInternal ? INTERNAL_PREFIX : API_PREFIX) + endpoint.path
  app.route({
    method: endpoint.method,
    url,
    config: { endpoint },
    ...(endpoint.bodyLimit ? { bodyLimit: endpoint.bodyLimit } : {}),
    onRequest: guardEndpoint(endpoint, options),
    handler: answerer(route, options),
  })
  if (!isInternal) rememberPath(app, endpoint.method, url)
}

function assertMountable(endpoint: Endpoint): void {
  if (endpoint.access === 'internal' && endpoint.method !== 'POST') throw new Error(`${endpoint.name}: internal endpoints are asked by POST.`)
  if ((endpoint.access === 'public' || endpoint.access === 'internal') && endpoint.idempotency === 'key')
    throw new Error(`${endpoint.name}: an Idempotency-Key needs a principal, but the endpoint is public.`)
  const isRead = endpoint.method === 'GET'
  if (isRead !== (endpoint.idempotency === 'safe')) throw new Error(`${endpoint.name}: GET and "safe" belong together.`)
}
