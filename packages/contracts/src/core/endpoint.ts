import type { z } from 'zod'
import type { Permission } from './permissions.ts'

/** The services of the product, in the order in which they start. */
export const SERVICE_NAMES = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket', 'gateway'] as const
export type ServiceName = (typeof SERVICE_NAMES)[number]

/** Every public path begins with this. */
export const API_PREFIX = '/api/v1'

/** Paths of `internal` endpoints begin with this: no gateway routes it, and each call needs a service token. */
export const INTERNAL_PREFIX = '/internal/v1'
/** The version in that prefix, as the header `API-Version` says it. */
export const API_VERSION = '1'

/** `public` needs no token; `signed-in` any valid one; `internal` a service token and is never routed by the gateway. */
export type Access = Permission | 'public' | 'signed-in' | 'internal'

/**
 * How a repeat of the request is made harmless.
 * - `safe`: reads only. - `natural`: repeating has no further effect (PUT, DELETE, compare-and-set).
 * - `key`: the client sends Idempotency-Key; the answer is stored with the effect and replayed for 48 h.
 * - `exempt`: creates nothing that a key could protect (sign-in, tickets); say why beside it.
 */
export type Idempotency = 'safe' | 'natural' | 'key' | 'exempt'

/**
 * Who is refused first when a process is full: `bulk` (analytics, exports, campaigns, AI), then `read`, then `write`;
 * `vital` (inbound messages, sign-in) stays longest.
 */
export const PRIORITIES = ['bulk', 'read', 'write', 'vital'] as const
export type Priority = (typeof PRIORITIES)[number]

/** An endpoint that will go: announced by the headers Deprecation (RFC 9745), Sunset (RFC 8594) and Link. */
export interface Deprecation {
  /** Day from which nobody should begin to use it: `2026-11-23`. */
  since: string
  /** Day on which it goes; at least half a year later. */
  sunset: string
  /** Name of the operation that takes its place. */
  replacement: string
}

export interface EndpointSpec {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below API_PREFIX, parameters as `:contactId`. */
  path: string
  summary: string
  access: Access
  idempotency: Idempotency
  /**
   * A sensitive action: the person has to have proven who they are within the last 10 minutes, with every factor they have. Keys are refused,
   * but where `unless-key` says that one goes on: whoever made it gave such a proof, and chose what it may do.
   */
  stepUp?: true | 'unless-key'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** Absent: the answer has no body (204) or is a stream of `produces`. */
  response?: z.ZodType
  status: 200 | 201 | 202 | 204
  /** Content type of a streamed answer that is no JSON (a raw message, an attachment). */
  produces?: string
  /** The response carries `version`: it is sent as ETag, and PATCH/POST must send it back as If-Match. */
  concurrency?: 'etag' | 'if-match'
  /** Rate-limit cost; a plain read is 1. */
  cost?: number
  /** Bytes of the request body; 256 KiB unless told. */
  bodyLimit?: number
  /** Server-side deadline in ms; 10,000 unless told. */
  timeoutMs?: number
  /** What goes first under overload; by cost and method unless told (`priorityOf`). */
  priority?: Priority
  /** Day on which it came to the API, where it is younger than the API itself: `2026-11-23`. */
  since?: string
  deprecated?: Deprecation
}

export interface Endpoint extends EndpointSpec {
  readonly service: ServiceName
  /** Operation id: unique in the whole system, the name of the client's function. */
  readonly name: string
}

/** From this cost on work is bulk, unless the contract says otherwise. */
export const COSTLY = 10

/** The priority of an endpoint: as declared, else vital where no token is needed, bulk where costly, else by its method. */
export function priorityOf({ priority, access, cost = 1, method }: EndpointSpec): Priority {
  if (priority !== undefined) return priority
  if (access === 'public') return 'vital'
  if (cost >= COSTLY) return 'bulk'
  return method === 'GET' ? 'read' : 'write'
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined

/** What a handler receives: parsed, defaults applied. Absent parts are `undefined`. */
export interface EndpointInput<E extends EndpointSpec> {
  params: Parsed<E['params']>
  query: Parsed<E['query']>
  body: Parsed<E['body']>
}
/** What a client sends: only the parts that the endpoint declares, and those are required. */
export type EndpointRequest<E extends EndpointSpec> = {
  [Part in 'params' | 'query' | 'body' as E[Part] extends z.ZodType ? Part : never]: Sent<E[Part]>
}
/** What a client gets. */
export type EndpointResponse<E extends EndpointSpec> = Parsed<E['response']>

type Endpoints<Specs extends Record<string, EndpointSpec>> = {
  readonly [Name in keyof Specs & string]: Specs[Name] & { readonly service: ServiceName; readonly name: Name }
}

/** Declares the HTTP contract of a service. Keys become operation ids. */
export function defineEndpoints<const Specs extends Record<string, EndpointSpec>>(service: ServiceName, specs: Specs): Endpoints<Specs> {
  const named = Object.entries(specs).map(([name, spec]) => [name, { ...spec, service, name }] as const)
  return Object.fromEntries(named) as unknown as Endpoints<Specs>
}
