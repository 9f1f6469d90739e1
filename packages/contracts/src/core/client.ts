import type { z } from 'zod'
import { api } from '../catalog.ts'
import { API_PREFIX, type Endpoint, type EndpointRequest, type EndpointResponse, type EndpointSpec } from './endpoint.ts'
import { networkProblem, problemOf } from './problem-error.ts'

export interface ClientOptions {
  /** Origin of the gateway, without a slash at the end; empty for the page's own. */
  readonly baseUrl: string
  readonly fetch?: typeof fetch
  /** The newest access token, or null before sign-in. */
  accessToken(): string | null
  /** Called after a 401, once for all calls that wait: gets a new token. True: try again, false: the person is signed out. */
  onUnauthorized?(): Promise<boolean>
  /** Called when an action needs a fresh proof of who the person is. True: they gave it, try again. */
  onStepUpNeeded?(): Promise<boolean>
}

interface CallOptions {
  signal?: AbortSignal
}
/** Give the key of the first attempt when you repeat a call by hand; a new one is made otherwise. */
type KeyOption<E extends EndpointSpec> = E['idempotency'] extends 'key' ? { idempotencyKey?: string } : unknown
/** `version` of what was shown to the person who changed it. */
type VersionOption<E extends EndpointSpec> = E['concurrency'] extends 'if-match' ? { ifMatch: number } : unknown

type CallRequest<E extends EndpointSpec> = EndpointRequest<E> & CallOptions & KeyOption<E> & VersionOption<E>
type CallResult<E extends EndpointSpec> = E['produces'] extends string ? Blob : E['response'] extends z.ZodType ? EndpointResponse<E> : void

type Call<E extends EndpointSpec> =
  Record<never, never> extends CallRequest<E> ? (request?: CallRequest<E>) => Promise<CallResult<E>> : (request: CallRequest<E>) => Promise<CallResult<E>>

/** `client.crm.createContact({ body })`: one function per endpoint of the product. */
export type Client = {
  readonly [Service in keyof typeof api]: { readonly [Name in keyof (typeof api)[Service]]: Call<Extract<(typeof api)[Service][Name], EndpointSpec>> }
}

/**
 * The typed client of the whole API, for browsers and Node. Every call sends a correlation id and, where the
 * contract asks for one, an Idempotency-Key; throws `ProblemError`, or the signal's reason when aborted.
 */
export function createClient(options: ClientOptions): Client {
  const send = createSender(options)
  const services = Object.entries(api).map(([service, endpoints]) => {
    const calls = Object.values<Endpoint>(endpoints).map((endpoint) => [endpoint.name, (request: AnyRequest = {}) => send(endpoint, request)])
    return [service, Object.fromEntries(calls)]
  })
  // Built from `api` entry by entry; the types above say so, which a loop cannot.
  return Object.fromEntries(services) as Client
}

/** A request with the endpoint's types erased. */
interface AnyRequest extends CallOptions {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  idempotencyKey?: string
  ifMatch?: number
}

function createSender(options: ClientOptions) {
  const fetchNow = options.fetch ?? globalThis.fetch.bind(globalThis)
  let refreshing: Promise<boolean> | null = null
  const refreshOnce = (): Promise<boolean> => {
    refreshing ??= (options.onUnauthorized?.() ?? Promise.resolve(false)).finally(() => (refreshing = null))
    return refreshing
  }

  return async (endpoint: Endpoint, request: AnyRequest): Promise<unknown> => {
    const url = options.baseUrl + API_PREFIX + fillPath(endpoint.path, request.params) + queryString(request.query)
    const headers = headersOf(endpoint, request)
    const attempt = (): Promise<Response> =>
      fetchNow(url, {
        method: endpoint.method,
        headers: withToken(headers, options.accessToken()),
        credentials: 'include',
        ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        ...(request.signal ? { signal: request.signal } : {}),
      }).catch((error: unknown) => {
        throw request.signal?.aborted ? error : networkProblem()
      })

    const refreshed = async (): Promise<Response> => {
      const first = await attempt()
      const isRefused = first.status === 401 && endpoint.access !== 'public'
      return isRefused && (await refreshOnce()) ? attempt() : first
    }
    return answerOf(endpoint, refreshed, { askForProof: options.onStepUpNeeded ?? null, waits: 0 })
  }
}

const IN_FLIGHT = 'platform.idempotency.in_flight'
const STEP_UP_NEEDED = 'auth.step_up_needed'
const MAX_WAITS = 5

interface Patience {
  /** Null once it was asked, and where nobody is there to ask. */
  readonly askForProof: (() => Promise<boolean>) | null
  readonly waits: number
}

/** The answer; while an earlier copy of the request is still running (the gateway repeated it), waits for its answer. */
async function answerOf(endpoint: Endpoint, send: () => Promise<Response>, { askForProof, waits }: Patience): Promise<unknown> {
  const response = await send()
  if (response.ok) return readAnswer(endpoint, response)
  const problem = await problemOf(response)
  if (problem.code === STEP_UP_NEEDED && askForProof && (await askForProof())) return answerOf(endpoint, send, { askForProof: null, waits })
  if (problem.code !== IN_FLIGHT || waits === MAX_WAITS) throw problem
  await new Promise((resolve) => setTimeout(resolve, (problem.retryAfterSeconds ?? 1) * 1000))
  return answerOf(endpoint, send, { askForProof, waits: waits + 1 })
}

function readAnswer(endpoint: Endpoint, response: Response): Promise<unknown> {
  if (endpoint.produces) return response.blob()
  return endpoint.response ? response.json() : Promise.resolve(undefined)
}

function headersOf(endpoint: Endpoint, request: AnyRequest): Record<string, string> {
  return {
    accept: endpoint.produces ?? 'application/json, application/problem+json',
    'x-correlation-id': newId(),
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(endpoint.idempotency === 'key' ? { 'idempotency-key': request.idempotencyKey ?? newId() } : {}),
    ...(request.ifMatch === undefined ? {} : { 'if-match': `"${request.ifMatch}"` }),
  }
}

const withToken = (headers: Record<string, string>, token: string | null): Record<string, string> =>
  token === null ? headers : { ...headers, authorization: `Bearer ${token}` }

const fillPath = (path: string, params: Record<string, unknown> = {}): string =>
  path.replaceAll(/:(\w+)/g, (_placeholder, name: string) => encodeURIComponent(String(params[name])))

function queryString(query: Record<string, unknown> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`
}

/** 128 random bits in hex. Not `randomUUID`: browsers have it on secure pages only. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
