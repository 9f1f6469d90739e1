import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Endpoint } from '@ai-crm/contracts'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { deadlineExceeded, remainingMs } from '../deadline.ts'
import { setDeadlines } from './deadline.ts'
import { guardConnections } from './guard-connections.ts'
import { parseStrictJson } from './json-body.ts'
import { allowedMethods } from './known-paths.ts'
import { sendProblem, toAppError } from './problem.ts'
import { refuseAmbiguous } from './refuse-ambiguous.ts'
import { refuseConnection } from './refuse-connection.ts'
import { logAnswer, logFailure } from './request-log.ts'
import { methodNotAllowed, unknownPath } from './request-errors.ts'
import { correlationIdOf, requestIdOf, traceOf } from './request-origin.ts'
import { tellVersion } from './api-version.ts'
import { createLoadShedder } from './overload/shed-load.ts'
import { askForTls, protectResponse } from './security-headers.ts'
import type { ServiceCaller } from './service-tokens.ts'
import { TLS, type Certificate } from './tls.ts'
import type { Principal } from './tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The same for everything that one outside stimulus led to; from X-Correlation-Id or the request's id. */
    correlationId: string
    /** W3C traceparent of the caller's span, or null. */
    trace: string | null
    /** Who asks; null until the token was verified and on public endpoints. */
    principal: Principal | null
    /** Which service calls an internal endpoint; null everywhere else. */
    caller: ServiceCaller | null
    /** The JSON body byte for byte, for those who pass it on. */
    rawBody: Buffer | null
  }
  interface FastifyContextConfig {
    /** The contract that this route answers. */
    endpoint?: Endpoint
  }
}

export interface AppOptions {
  readonly log: Logger
  /** Proxies in front whose X-Forwarded-For, -Proto and -Host are believed; 0 (default) believes nobody. */
  readonly trustedProxyHops?: number
  /** Requests of endpoints that may run at once in this process, at most; beyond it they are refused at once, with 503. */
  readonly maxConcurrentRequests?: number
  /** Connections of one network address at once, where no proxy is in front; 1,000 unless told. */
  readonly maxConnectionsPerAddress?: number
  /** Speaks TLS, and nothing but TLS, by this certificate; plain HTTP without one. */
  readonly certificate?: Certificate | null
  /** How long headers, and how long a whole request may take to arrive; 10 s and 30 s unless told. */
  readonly arrivalLimits?: { readonly headersMs: number; readonly requestMs: number; readonly checkEveryMs: number }
}

const DEFAULT_BODY_LIMIT_BYTES = 256 * 1024
const DEFAULT_CONCURRENCY = 256
const DEFAULT_CONNECTIONS_PER_ADDRESS = 1_000
/** Slow senders are cut off (B14). */
const ARRIVAL_LIMITS = { headersMs: 10_000, requestMs: 30_000, checkEveryMs: 5_000 }
const MAX_HEADERS = 100
const MAX_HEADER_BYTES = 16 * 1024
const KEEP_ALIVE_MS = 72_000

/**
 * The one HTTP application of a process: limits, ids, error form and security headers that hold for every route.
 * Not listening yet. Services are added by `mountService`, the public door by the gateway.
 */
export function createApp(options: AppOptions): FastifyInstance {
  const trustedHops = options.trustedProxyHops ?? 0
  const arrival = options.arrivalLimits ?? ARRIVAL_LIMITS
  const logger: FastifyBaseLogger = options.log
  const shedder = createLoadShedder(options.maxConcurrentRequests ?? DEFAULT_CONCURRENCY, trustedHops)
  const app: FastifyInstance = Fastify({
    serverFactory: (handle) => openServer(arrival, options.certificate ?? null, (request, response) => shedder.receive(request, response, handle)),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < trustedHops,
    bodyLimit: DEFAULT_BODY_LIMIT_BYTES,
    clientErrorHandler: refuseConnection,
    routerOptions: { maxParamLength: 300 },
    exposeHeadRoutes: false,
    // While draining, requests on open connections are still answered, with `Connection: close`.
    return503OnClosing: false,
    // Contexts make their own child logger; Fastify's would be a second one per request.
    childLoggerFactory: (parent) => parent,
    genReqId: (raw) => requestIdOf(raw.headers),
    frameworkErrors(error, request, reply) {
      // No hook runs for an address that cannot be decoded.
      receive(request, reply)
      // Nor does such a request know yet what the trusted proxy says of its connection.
      if (trustedHops > 0 && request.headers['x-forwarded-proto'] === 'https') askForTls(reply)
      sendProblem(reply, toAppError(error))
    },
  })
  app.server.maxHeadersCount = MAX_HEADERS
  if (trustedHops === 0) guardConnections(app, options.maxConnectionsPerAddress ?? DEFAULT_CONNECTIONS_PER_ADDRESS)
  setDeadlines(app)
  shedder.watch(app)
  decorate(app)
  refuseAmbiguous(app)
  tellVersion(app)
  acceptJsonOnly(app)
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerUnknown)
  app.addHook('onResponse', logAnswer)
  return app
}

function openServer(
  { headersMs, requestMs, checkEveryMs }: Required<AppOptions>['arrivalLimits'],
  certificate: Certificate | null,
  receive: RequestListener,
): Server {
  const limits = {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: checkEveryMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
  }
  return certificate ? createTlsServer({ ...TLS, ...certificate, ...limits }, receive) : createServer(limits, receive)
}

function decorate(app: FastifyInstance): void {
  app.decorate('knownPaths', [])
  app.decorateRequest('correlationId', '')
  app.decorateRequest('trace', null)
  app.decorateRequest('principal', null)
  app.decorateRequest('caller', null)
  app.decorateRequest('rawBody', null)
  app.addHook('onRequest', (request, reply, done) => {
    receive(request, reply)
    // It may have waited for its turn until nobody wants it any more.
    if (remainingMs(request.dueAtMs) === 0) done(deadlineExceeded())
    else done()
  })
}

function receive(request: FastifyRequest, reply: FastifyReply): void {
  request.correlationId = correlationIdOf(request.headers, request.id)
  request.trace = traceOf(request.headers)
  protectResponse(request, reply)
}

function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body
    try {
      done(null, body.length === 0 ? undefined : parseStrictJson(body))
    } catch (error) {
      done(toAppError(error))
    }
  })
}

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const shown = toAppError(error)
  if (shown.status >= 500 && shown !== error) logFailure(request, error)
  return sendProblem(reply, shown)
}

function answerUnknown(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const allowed = allowedMethods(request.server, request.url)
  return sendProblem(reply, allowed.length > 0 ? methodNotAllowed(allowed) : unknownPath())
}
