import type { IncomingMessage, ServerResponse } from 'node:http'
import { priorityOf, type Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'
import findMyWay from 'find-my-way'
import { LRUCache } from 'lru-cache'
import { remainingMs } from '../../deadline.ts'
import { gauge } from '../../telemetry/metrics.ts'
import { clientAddressOf } from '../client-address.ts'
import { dueAtOf } from '../deadline.ts'
import { createAdmission, type Admission } from './admission.ts'
import { createConcurrencyLimit } from './concurrency-limit.ts'
import { createRefusals } from './refusals.ts'

const MIN_CONCURRENCY = 8
/** Where the limit begins: high enough for a start, low enough that the first second of a flood is no heap of work. */
const FIRST_CONCURRENCY = 32
const SWEEP_MS = 5

/** What the server of the application calls in the place of the application itself. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Refuses at once, before token and database, what would only wait (reliability 1.14): the least important first, and
 * one organisation no more than half of the slots while others ask. How many slots there are is found by AIMD.
 *
 * It stands before the application, not in it: under ten times the load nine of ten requests are refused, and each of
 * these must cost a small part of one that is answered. What is asked inside the process (`inject`) belongs to a request
 * that was admitted already.
 */
export interface LoadShedder {
  receive(request: IncomingMessage, response: ServerResponse, handle: Handle): void
  /** Learns the endpoints of the application, and whose requests it accepts. */
  watch(app: FastifyInstance): void
}

export function createLoadShedder(maxConcurrent: number, trustedHops: number): LoadShedder {
  const limit = createConcurrencyLimit({
    min: Math.min(MIN_CONCURRENCY, maxConcurrent),
    first: Math.min(FIRST_CONCURRENCY, maxConcurrent),
    max: maxConcurrent,
  })
  const admission = createAdmission({ slots: () => limit.value, onPressure: () => limit.press() })
  const sources = createSourceMemory(trustedHops)
  const endpoints = createEndpointTable()
  const refusals = createRefusals()
  const sweep = sweeper(admission)
  tellMetrics(admission, () => limit.value)

  return {
    receive(request, response, handle) {
      const endpoint = endpoints.of(request)
      if (!endpoint) return handle(request, response)
      let startedAt = 0
      let runningAtStart = 0
      const visit = admission.arrive({
        priority: priorityOf(endpoint),
        source: sources.of(request),
        patienceMs: () => remainingMs(dueAtOf(request, endpoint)),
        run() {
          startedAt = performance.now()
          runningAtStart = admission.running
          handle(request, response)
        },
        refuse: (reason) => refusals.send(endpoint, request, response, reason),
      })
      if (!visit) return
      sweep.watch()
      // Once per request, also when the client has gone before the answer.
      response.once('close', () => {
        visit.leave()
        // A file takes as long as its reader does.
        if (startedAt > 0 && response.writableFinished && !endpoint.produces) limit.record(endpoint.name, performance.now() - startedAt, runningAtStart)
      })
    },
    watch(app) {
      refusals.logTo(app.log)
      app.addHook('onRoute', ({ method, url, config }) => endpoints.add(method, url, config?.endpoint))
      app.addHook('onResponse', (request, _reply, done) => {
        if (request.principal) sources.remember(request.raw, request.principal.organizationId)
        done()
      })
      app.addHook('onClose', async () => sweep.stop())
    },
  }
}

/** Which endpoint a request is for, before the application looks: by the same router. */
function createEndpointTable() {
  const router = findMyWay({ maxParamLength: 300 })
  const nobody = () => undefined
  return {
    add(methods: string | readonly string[], url: string, endpoint: Endpoint | undefined): void {
      if (endpoint) for (const method of [methods].flat()) if (isMethod(method)) router.on(method, url, nobody, endpoint)
    },
    of(request: IncomingMessage): Endpoint | null {
      const { method = '', url = '' } = request
      const [path = ''] = url.split('?', 1)
      return isMethod(method) ? (router.find(method, path)?.store ?? null) : null
    },
  }
}

const isMethod = (method: string): method is Endpoint['method'] => ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)

/**
 * Whose request it is, before its token is looked at: the organisation for which the same token was accepted lately,
 * else the network address. What a token merely claims counts for nothing.
 */
function createSourceMemory(trustedHops: number) {
  const organizations = new LRUCache<string, string>({ max: 10_000 })
  return {
    of: (request: IncomingMessage): string => organizations.get(endOf(request.headers.authorization ?? '')) ?? clientAddressOf(request, trustedHops),
    remember({ headers }: IncomingMessage, organizationId: string): void {
      if (headers.authorization !== undefined) organizations.set(endOf(headers.authorization), organizationId)
    },
  }
}

/** As good as the whole, and a tenth to hash: what stands there of a token is signature, 64 characters of which nobody guesses. */
const endOf = (authorization: string): string => authorization.slice(-64)

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

function tellMetrics(admission: Admission, slots: () => number): void {
  gauge('http_requests', 'Requests of endpoints by state (running, waiting), and the slots that there are for them', ['state'], async () => [
    { value: admission.running, labels: { state: 'running' } },
    { value: admission.waiting, labels: { state: 'waiting' } },
    { value: slots(), labels: { state: 'slots' } },
  ])
}
