import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { deadlineExceeded, remainingMs } from '../deadline.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** When nobody waits for the answer any more, on this process's steady clock (`performance.now()`). */
    dueAtMs: number
  }
}

/**
 * Milliseconds that the caller still waits. Between processes the deadline travels as what is left of it, not as a
 * moment: clocks of two machines may differ by minutes. Each process makes a moment of it, on its own steady clock,
 * when the request arrives.
 */
export const TIMEOUT_HEADER = 'x-timeout-ms'
const MILLISECONDS = /^\d{1,9}$/
const DEFAULT_TIMEOUT_MS = 10_000

/** The endpoint's own limit, or less where the caller waits less; never more. */
function timeoutFor(headers: IncomingHttpHeaders, limitMs: number): number {
  const asked = headers[TIMEOUT_HEADER]
  return typeof asked === 'string' && MILLISECONDS.test(asked) ? Math.min(Number(asked), limitMs) : limitMs
}

const limitOf = (endpoint: Endpoint | undefined): number => endpoint?.timeoutMs ?? DEFAULT_TIMEOUT_MS

const deadlines = new WeakMap<IncomingMessage, number>()

/** When nobody waits for this request any more: counted from the first time that this is asked, at its arrival. */
export function dueAtOf(request: IncomingMessage, endpoint: Endpoint | undefined): number {
  const dueAtMs = deadlines.get(request) ?? performance.now() + timeoutFor(request.headers, limitOf(endpoint))
  deadlines.set(request, dueAtMs)
  return dueAtMs
}

/** Sets the deadline of every request at its arrival, before it waits for anything. */
export function setDeadlines(app: FastifyInstance): void {
  app.decorateRequest('dueAtMs', 0)
  app.addHook('onRequest', (request, _reply, done) => {
    request.dueAtMs = dueAtOf(request.raw, request.routeOptions.config.endpoint)
    done()
  })
}

/** Whether the caller waits less than the endpoint may take: then an answer that is too late is nobody's fault. */
export function isHasty({ headers, routeOptions }: FastifyRequest): boolean {
  const limitMs = limitOf(routeOptions.config.endpoint)
  return timeoutFor(headers, limitMs) < limitMs
}

/**
 * Runs the work with a signal that aborts at the deadline; then the caller is answered at once with
 * `deadlineExceeded`, even if the work does not heed the signal. What is due already is not begun.
 */
export async function withDeadline<Result>(dueAtMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const leftMs = remainingMs(dueAtMs)
  if (leftMs === 0) throw deadlineExceeded()
  const controller = new AbortController()
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const error = deadlineExceeded()
    controller.abort(error)
    reject(error)
  }, leftMs)
  try {
    return await Promise.race([work(controller.signal), expired])
  } finally {
    clearTimeout(timer)
  }
}
