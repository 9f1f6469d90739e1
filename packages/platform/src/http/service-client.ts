import { INTERNAL_PREFIX, Problem, type Endpoint, type EndpointRequest, type EndpointResponse, type ServiceName } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { askService } from '../balancing/ask-service.ts'
import { openReplicas } from '../balancing/open-replicas.ts'
import { deadlineExceeded, remainingMs } from '../deadline.ts'
import { AppError } from '../errors.ts'
import { resilient } from '../resilience/resilient.ts'
import { currentTraceparent } from '../telemetry/tracing.ts'
import { TIMEOUT_HEADER } from './deadline.ts'
import { temporarilyUnavailable } from './request-errors.ts'
import { signServiceToken } from './service-tokens.ts'

export interface ServiceClientOptions {
  readonly from: ServiceName
  readonly to: ServiceName
  deriveKey(purpose: string): Buffer
  /** This process's application and what runs in it: a service that runs here is asked without the network. */
  readonly app: FastifyInstance
  readonly localServices: ReadonlySet<ServiceName>
  readonly upstreams: Readonly<Partial<Record<ServiceName, readonly string[]>>>
  readonly log: Logger
  /** Of a whole call; 3 s unless told. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 3_000

interface CallContext {
  /** For whom; travels in the token, never beside it. */
  readonly organizationId?: string
  readonly correlationId?: string
  readonly signal?: AbortSignal
  /** When whoever caused the call does not wait any more (`performance.now()`): it never takes longer than that. */
  readonly dueAtMs?: number
}

export interface ServiceClient {
  /** The parsed answer. Throws the `AppError` of a refusal (4xx) as it is, and 503 or 504 when the service is away or late. */
  call<E extends Endpoint>(endpoint: E, request: EndpointRequest<E>, context?: CallContext): Promise<EndpointResponse<E>>
}

/**
 * Typed calls of `internal` endpoints from one service to another: a token of one minute for each, the caller's deadline, balancing
 * with a breaker per replica, the trace. The exception beside events and projections: say in the service's README why a call needs it.
 */
export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const send = options.localServices.has(options.to) ? sendLocally(options.app) : sendToReplica(options)
  return {
    async call(endpoint, request, context = {}) {
      const dueAtMs = Math.min(context.dueAtMs ?? Number.POSITIVE_INFINITY, performance.now() + (options.timeoutMs ?? DEFAULT_TIMEOUT_MS))
      const leftMs = remainingMs(dueAtMs)
      if (leftMs === 0) throw deadlineExceeded()
      const token = await signServiceToken(options.deriveKey, options.from, options.to, context.organizationId ?? null)
      const sent: SentRequest = {
        method: 'POST',
        path: INTERNAL_PREFIX + endpoint.path,
        headers: headersOf(token, context),
        body: JSON.stringify('body' in request ? request.body : {}),
        isRepeatable: endpoint.idempotency !== 'exempt',
        dueAtMs,
      }
      const through = resilient({ name: `${options.to} (internal)`, totalTimeoutMs: leftMs })
      return through(async (signal) => answerOf(endpoint, await send(sent, signal)), context.signal)
    },
  }
}

type Send = (request: SentRequest, signal: AbortSignal) => Promise<{ status: number; text: string }>

const sendLocally =
  (app: FastifyInstance): Send =>
  async ({ method, path, headers, body, dueAtMs }, signal) => {
    const timeout = { [TIMEOUT_HEADER]: String(remainingMs(dueAtMs)) }
    const answer = await app.inject({ method, url: path, headers: { ...headers, ...timeout }, payload: body, signal })
    return { status: answer.statusCode, text: answer.body }
  }

function sendToReplica({ to, upstreams, log }: ServiceClientOptions): Send {
  const replicas = openReplicas(to, upstreams[to] ?? [], log)
  return async ({ method, path, headers, body, isRepeatable, dueAtMs }, signal) => {
    const options = () => {
      const leftMs = remainingMs(dueAtMs)
      return leftMs === 0 ? null : { method, path, headers: { ...headers, [TIMEOUT_HEADER]: String(leftMs) }, body, signal, headersTimeout: leftMs }
    }
    const reply = await askService(replicas, { isRepeatable, isHasty: true, options })
    if (!('answer' in reply)) throw reply.failure === 'late' ? deadlineExceeded() : temporarilyUnavailable()
    return { status: reply.answer.statusCode, text: await reply.answer.body.text() }
  }
}

function headersOf(token: string, { correlationId }: CallContext): Record<string, string> {
  const trace = currentTraceparent()
  return {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    ...(correlationId === undefined ? {} : { 'x-correlation-id': correlationId }),
    ...(trace === null ? {} : { traceparent: trace }),
  }
}

interface SentRequest {
  readonly method: 'POST'
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly isRepeatable: boolean
  readonly dueAtMs: number
}

function answerOf<E extends Endpoint>(endpoint: E, { status, text }: { status: number; text: string }): EndpointResponse<E> {
  if (status === endpoint.status) {
    // The schema is the endpoint's own; that its output is the endpoint's response is what the contract's types say.
    return endpoint.response?.parse(JSON.parse(text)) as EndpointResponse<E>
  }
  const problem = Problem.safeParse(readJson(text))
  if (!problem.success || status >= 500) throw temporarilyUnavailable()
  throw new AppError(problem.data.code, problem.data.status, problem.data.detail)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
