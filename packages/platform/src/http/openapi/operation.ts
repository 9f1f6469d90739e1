import { priorityOf, Problem, type Endpoint } from '@ai-crm/contracts'
import { z } from 'zod'
import type { JsonSchema, ToJsonSchema } from './json-schemas.ts'

/** The OpenAPI operation of an endpoint: everything that a caller must know, limits included. */
export function operationOf(endpoint: Endpoint, toJsonSchema: ToJsonSchema): JsonSchema {
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [endpoint.service],
    security: endpoint.access === 'public' ? [] : [{ bearer: [] }],
    ...(endpoint.deprecated ? { deprecated: true, 'x-deprecated': endpoint.deprecated } : {}),
    ...(endpoint.since ? { 'x-since': endpoint.since } : {}),
    'x-permission': endpoint.access,
    'x-idempotency': endpoint.idempotency,
    'x-rate-limit-cost': endpoint.cost ?? 1,
    'x-priority': priorityOf(endpoint),
    'x-timeout-ms': endpoint.timeoutMs ?? 10_000,
    'x-body-limit-bytes': endpoint.body ? (endpoint.bodyLimit ?? 262_144) : 0,
    parameters: [...parameters('path', endpoint.params, toJsonSchema), ...parameters('query', endpoint.query, toJsonSchema), ...headers(endpoint)],
    ...(endpoint.body ? { requestBody: { required: true, content: { 'application/json': { schema: toJsonSchema(endpoint.body, 'input') } } } } : {}),
    responses: { [endpoint.status]: success(endpoint, toJsonSchema), ...problems(endpoint, toJsonSchema) },
  }
}

const ObjectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())),
  required: z.array(z.string()).default([]),
})

function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined, toJsonSchema: ToJsonSchema): JsonSchema[] {
  if (!schema) return []
  const { properties, required } = ObjectSchema.parse(toJsonSchema(schema, 'input'))
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: property }))
}

function headers(endpoint: Endpoint): JsonSchema[] {
  const key = { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', minLength: 1, maxLength: 255 } }
  const ifMatch = { name: 'If-Match', in: 'header', required: true, schema: { type: 'string', pattern: String.raw`^"\d+"$` } }
  return [...(endpoint.idempotency === 'key' ? [key] : []), ...(endpoint.concurrency === 'if-match' ? [ifMatch] : [])]
}

function success(endpoint: Endpoint, toJsonSchema: ToJsonSchema): JsonSchema {
  const etag = { headers: successHeaders(endpoint) }
  if (endpoint.produces) return { description: 'The file', ...etag, content: { [endpoint.produces]: { schema: { type: 'string', format: 'binary' } } } }
  if (!endpoint.response) return { description: 'Done', ...etag }
  return { description: 'Done', ...etag, content: { 'application/json': { schema: toJsonSchema(endpoint.response, 'output') } } }
}

const header = (name: string) => ({ $ref: `#/components/headers/${name}` })

const successHeaders = ({ concurrency, idempotency, deprecated }: Endpoint): JsonSchema =>
  Object.fromEntries(
    [
      'X-Request-Id',
      'API-Version',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      ...(concurrency ? ['ETag'] : []),
      ...(idempotency === 'key' ? ['Idempotency-Replayed'] : []),
      ...(deprecated ? ['Deprecation', 'Sunset', 'Link'] : []),
    ].map((name) => [name, header(name)]),
  )

/** Every header that an answer may carry beside those of HTTP itself. */
export const ANSWER_HEADERS: JsonSchema = Object.fromEntries(
  [
    ['X-Request-Id', 'Quote it when you ask for help'],
    ['API-Version', 'The version that answered'],
    ['RateLimit-Limit', 'Units per period of the limit that is nearest'],
    ['RateLimit-Remaining', 'Units left of it'],
    ['RateLimit-Reset', 'Seconds until it is whole again'],
    ['Retry-After', 'Seconds to wait before the next attempt'],
    ['ETag', 'The version of the thing, for If-Match'],
    ['Idempotency-Replayed', 'true: this is the answer of an earlier request with the same key'],
    ['Deprecation', 'RFC 9745: since when nobody should begin to use this'],
    ['Sunset', 'RFC 8594: when it goes'],
    ['Link', 'What takes its place (successor-version)'],
  ].map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
)

const REFUSALS: readonly { status: number; description: string; applies(endpoint: Endpoint): boolean }[] = [
  { status: 400, description: 'The request does not have the expected form', applies: () => true },
  { status: 401, description: 'No valid access token', applies: ({ access }) => access !== 'public' },
  { status: 403, description: 'The role does not permit this', applies: ({ access }) => access !== 'public' && access !== 'signed-in' },
  { status: 404, description: 'Does not exist, or belongs to another organisation', applies: ({ params }) => params !== undefined },
  { status: 409, description: 'In conflict with the present state, or still running', applies: ({ idempotency }) => idempotency === 'key' },
  { status: 413, description: 'The body is too large', applies: ({ body }) => body !== undefined },
  { status: 415, description: 'The body is not application/json', applies: ({ body }) => body !== undefined },
  { status: 422, description: 'The Idempotency-Key was used for another request', applies: ({ idempotency }) => idempotency === 'key' },
  { status: 428, description: 'If-Match is missing', applies: ({ concurrency }) => concurrency === 'if-match' },
  { status: 429, description: 'Too many requests', applies: () => true },
  { status: 503, description: 'Busy; try again after Retry-After', applies: () => true },
]

function problems(endpoint: Endpoint, toJsonSchema: ToJsonSchema): JsonSchema {
  const content = { 'application/problem+json': { schema: toJsonSchema(Problem, 'output') } }
  const applying = REFUSALS.filter(({ applies }) => applies(endpoint))
  const waiting = { headers: { 'Retry-After': header('Retry-After') } }
  return Object.fromEntries(applying.map(({ status, description }) => [status, { description, ...(status === 429 || status === 503 ? waiting : {}), content }]))
}
