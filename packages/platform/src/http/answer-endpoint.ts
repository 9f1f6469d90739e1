import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { hiderOf } from '../authorization/hide-fields.ts'
import { protectFields } from '../authorization/protect-fields.ts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import type { FileBody, HttpExchange, Route } from '../service.ts'
import { withRemoteParent, withSpan } from '../telemetry/tracing.ts'
import { answerOnce } from './answer-once.ts'
import { withDeadline } from './deadline.ts'
import { followedRules } from './followed-rules.ts'
import { clientOf, dropsLate, originOf, type Call } from './endpoint-call.ts'
import { sendFile } from './file-answer.ts'
import { createExchange } from './http-exchange.ts'
import { etagOf, expectedVersionOf, setEtag } from './if-match.ts'
import { inputParser, type ParsedInput } from './parse-input.ts'
import { serialiserOf } from './response-schema.ts'
import { textToSend } from './text-bytes.ts'
import type { TokenVerifier } from './tokens.ts'

/** What answering needs of the process. */
export interface AnswerOptions {
  readonly runtime: ServiceRuntime
  readonly verifier: TokenVerifier
  /** Check every answer against its contract: in tests. Production trusts the types, for speed. */
  readonly validateResponses?: boolean
  /** Origins under which people see us, such as `https://app.example.com`; the request's own where there is none. */
  readonly allowedOrigins?: readonly string[]
}

/** The Fastify handler of an endpoint: check the input, make the context, run the handler, send what the contract says. */
export function answerer(route: Route, options: AnswerOptions): RouteHandlerMethod {
  const { endpoint } = route
  const parseInput = inputParser(endpoint)
  // `Route` erases contexts and inputs like any table of functions; the kit has bound them to this endpoint.
  const handle = route.handle as (ctx: unknown, input: ParsedInput, http: HttpExchange) => Promise<unknown>
  const answer = answerFor(endpoint)
  const hide = hiderOf(endpoint)

  return async (request, reply) => {
    const expectedVersion = expectedVersionOf(request, endpoint)
    const input = parseInput(request)
    const log = options.runtime.log.child({ requestId: request.id, correlationId: request.correlationId })
    const work = async (signal: AbortSignal) => {
      const limits = { signal, dueAtMs: request.dueAtMs, log, client: clientOf(request) }
      const rules = await followedRules(request, options.runtime, limits)
      protectFields(endpoint, request.body, rules)
      const http = createExchange(request, reply, expectedVersion, options.allowedOrigins ?? [])
      const invoke = async (ctx: unknown) => {
        const result = checked(endpoint, await handle(ctx, input, http), options)
        return hide && Object.keys(rules).length > 0 ? hide(result, rules) : result
      }
      return answer({ endpoint, request, reply, limits, invoke }, options)
    }
    return traced(endpoint, request, () => withDeadline(request.dueAtMs, work))
  }
}

const traced = <Result>(endpoint: Endpoint, request: FastifyRequest, work: () => Promise<Result>): Promise<Result> =>
  withRemoteParent(request.trace, () => withSpan(endpoint.name, { 'http.request.id': request.id, 'correlation.id': request.correlationId }, work, 'server'))

type Answer = (call: Call, options: AnswerOptions) => Promise<FastifyReply>

function answerFor(endpoint: Endpoint): Answer {
  if (endpoint.idempotency === 'key') {
    const hide = hiderOf(endpoint)
    return (call, { runtime }) => answerOnce(call, runtime, hide)
  }
  if (endpoint.access === 'public' || endpoint.access === 'internal')
    return async (call, options) => send(call, await call.invoke(options.runtime.publicCtx(call.limits)), options)
  return async (call, options) => send(call, await call.invoke(options.runtime.ctx(originOf(call.request), call.limits)), options)
}

function checked(endpoint: Endpoint, answer: unknown, options: AnswerOptions): unknown {
  if (options.validateResponses) endpoint.response?.parse(answer)
  return answer
}

function send(call: Call, answer: unknown, { verifier }: AnswerOptions): FastifyReply {
  const { endpoint, request, reply } = call
  const { principal } = request
  if (dropsLate(call, answer)) return reply
  reply.code(endpoint.status)
  // The kit's ResultFor promises a FileBody where the contract declares `produces`.
  if (endpoint.produces) return sendFile(reply, answer as FileBody, async () => principal !== null && verifier.isRefused(principal))
  if (!endpoint.response) return reply.send()
  setEtag(reply, etagOf(endpoint, answer))
  return reply.type('application/json; charset=utf-8').send(textToSend(serialiserOf(endpoint.response)(answer)))
}
