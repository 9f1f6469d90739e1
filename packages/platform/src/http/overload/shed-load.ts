import { priorityOf, type Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { gauge, shedRequests } from '../../telemetry/metrics.ts'
import { remainingMs } from '../../deadline.ts'
import { toProblem } from '../problem.ts'
import { temporarilyUnavailable } from '../request-errors.ts'
import { createAdmission, type Admission, type Refusal } from './admission.ts'
import { createConcurrencyLimit } from './concurrency-limit.ts'
import { SHED_HEADER } from './shed-header.ts'

const MIN_CONCURRENCY = 8
const SWEEP_MS = 5
const TELL_EVERY_MS = 1_000

declare module 'fastify' {
  interface FastifyRequest {
    /** Refused because the process is full: counted, not logged one by one. */
    isShed: boolean
  }
}

/**
 * Refuses at once, before token and database, what would only wait (reliability 1.14): the least important first, and
 * one organisation no more than half of the slots while others ask. How many slots there are is found by AIMD.
 */
export function shedLoad(app: FastifyInstance, maxConcurrent: number): void {
  const limit = createConcurrencyLimit({ min: Math.min(MIN_CONCURRENCY, maxConcurrent), max: maxConcurrent })
  const admission = createAdmission({ slots: () => limit.value, onPressure: () => limit.press() })
  const sources = createSourceMemory()
  const refusals = createRefusals(app)
  watch(admission, () => limit.value)
  const sweep = sweeper(admission)
  app.decorateRequest('isShed', false)
  app.addHook('onClose', async () => sweep.stop())

  app.addHook('onRequest', (request, reply, done) => {
    const { endpoint } = request.routeOptions.config
    if (!endpoint) return done()
    let startedAt = 0
    let runningAtStart = 0
    const visit = admission.arrive({
      priority: priorityOf(endpoint),
      source: sources.of(request),
      patienceMs: remainingMs(request.dueAtMs),
      run() {
        startedAt = performance.now()
        runningAtStart = admission.running
        done()
      },
      refuse: (reason) => refusals.send(endpoint, request, reply, reason),
    })
    sweep.watch()
    // Once per request, also when the client has gone before the answer.
    reply.raw.once('close', () => {
      visit.leave()
      if (startedAt === 0 || !reply.raw.writableFinished) return
      sources.remember(request)
      // A file takes as long as its reader does.
      if (!endpoint.produces) limit.record(endpoint.name, performance.now() - startedAt, runningAtStart)
    })
  })
}

/**
 * Whose request it is, before its token is looked at: the organisation for which the same token was accepted lately,
 * else the network address. What a token merely claims counts for nothing.
 */
function createSourceMemory() {
  const organizations = new LRUCache<string, string>({ max: 10_000 })
  return {
    of: ({ headers, ip }: FastifyRequest): string => organizations.get(headers.authorization ?? '') ?? ip,
    remember({ headers, principal }: FastifyRequest): void {
      if (principal && headers.authorization !== undefined) organizations.set(headers.authorization, principal.organizationId)
    },
  }
}

/** Answers as cheaply as can be: past all hooks, with a body that is ready but for the request's id. */
function createRefusals(app: FastifyInstance) {
  const error = temporarilyUnavailable()
  const body = JSON.stringify(toProblem(error, '\u0000')).split(JSON.stringify('\u0000').slice(1, -1))
  let untold = 0
  let toldAt = Number.NEGATIVE_INFINITY
  const tell = () => {
    untold++
    if (performance.now() - toldAt < TELL_EVERY_MS) return
    app.log.warn({ count: untold }, 'requests were refused: the process is full')
    toldAt = performance.now()
    untold = 0
  }
  return {
    send(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply, reason: Refusal): void {
      request.isShed = true
      shedRequests.inc({ service: endpoint.service, priority: priorityOf(endpoint), reason })
      tell()
      reply.hijack()
      reply.raw
        .writeHead(error.status, {
          'content-type': 'application/problem+json; charset=utf-8',
          'cache-control': 'no-store',
          'retry-after': String(error.retryAfterSeconds ?? 1),
          'x-content-type-options': 'nosniff',
          'x-request-id': request.id,
          [SHED_HEADER]: '1',
        })
        .end(body.join(request.id))
    },
  }
}

/** Runs only while somebody waits. */
function sweeper(admission: Admission) {
  let timer: NodeJS.Timeout | null = null
  const stop = () => {
    if (timer) clearInterval(timer)
    timer = null
  }
  return {
    watch() {
      if (timer || admission.waiting === 0) return
      timer = setInterval(() => {
        admission.sweep()
        if (admission.waiting === 0) stop()
      }, SWEEP_MS)
    },
    stop,
  }
}

function watch(admission: Admission, slots: () => number): void {
  gauge('http_requests', 'Requests of endpoints by state (running, waiting), and the slots that there are for them', ['state'], async () => [
    { value: admission.running, labels: { state: 'running' } },
    { value: admission.waiting, labels: { state: 'waiting' } },
    { value: slots(), labels: { state: 'slots' } },
  ])
}
