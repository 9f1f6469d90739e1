import { INTERNAL_PREFIX, Problem, type Endpoint, type EndpointRequest, type EndpointResponse, type ServiceName } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'
import { resilient } from '../resilience/resilient.ts'
import { currentTraceparent } from '../telemetry/tracing.ts'
import { TIMEOUT_HEADER } from './request-origin.ts'
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
  /** Of a whole call; 3 s unless told. */
  readonly timeoutMs?: number
}

interface CallContext {
  /** For whom; travels in the token, never beside it. */
  readonly organizationId?: string
  readonly correlationId?: string
  readonly signal?: AbortSignal
}

export interface ServiceClient {
  /** The parsed answer. Throws the `AppError` of a refusal (4xx) as it is, and 503 or 504 when the service is away or late. */
  call<E extends Endpoint>(endpoint: E, request: EndpointRequest<E>, context?: CallContext): Promise<EndpointResponse<E>>
}

/**
 * Typed calls of `internal` endpoints from one service to another: a token of one minute for each, a deadline, a breaker, the
 * trace. The exception beside events and projections: say in the service's README why a call needs it.
 */
export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const timeoutMs = options.timeoutMs ?? 3_000
  let turn = 0
  const isLocal = options.localServices.has(options.to)

  const send = async (request: SentRequest, signal: AbortSignal): Promise<{ status: number; text: string }> => {
    if (isLocal) {
      const answer = await options.app.inject({ method: request.method, url: request.path, headers: request.headers, payload: request.body, signal })
      return { status: answer.statusCode, text: answer.body }
    }
    const bases = options.upstreams[options.to] ?? []
    const base = bases[turn++ % Math.max(1, bases.length)]
    if (base === undefined) throw temporarilyUnavailable()
    const answer = await fetch(base + request.path, { method: request.method, headers: request.headers, body: request.body, signal })
    return { status: answer.status, text: await answer.text() }
  }

  return {
    async call(endpoint, request, context = {}) {
      const token = await signServiceToken(options.deriveKey, options.from, options.to, context.organizationId ?? null)
      const trace = currentTraceparent()
      const sent: SentRequest = {
        method: 'POST',
        path: INTERNAL_PREFIX + endpoint.path,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          [TIMEOUT_HEADER]: String(timeoutMs),
          ...(context.correlationId === undefined ? {} : { 'x-correlation-id': context.correlationId }),
          ...(trace === null ? {} : { traceparent: trace }),
        },
        body: JSON.stringify('body' in request ? request.body : {}),
      }
      const through = resilient({ name: options.to, totalTimeoutMs: timeoutMs })
      return through(async (signal) => answerOf(endpoint, await send(sent, signal)), context.signal)
    },
  }
}

interface SentRequest {
  readonly method: 'POST'
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
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
