import type { IncomingMessage, ServerResponse } from 'node:http'
import { priorityOf, type Endpoint } from '@ai-crm/contracts'
import type { FastifyBaseLogger } from 'fastify'
import { shedRequests, tallyShedRequests } from '../../telemetry/metrics.ts'
import { toProblem } from '../problem.ts'
import { temporarilyUnavailable } from '../request-errors.ts'
import { requestIdOf } from '../request-origin.ts'
import { REFUSALS, type Refusal } from './admission.ts'
import { SHED_HEADER } from './shed-header.ts'

const TELL_EVERY_MS = 1_000
const PLACE_OF_ID = 'the-id-of-the-request'

/** Answers as cheaply as can be: a problem that is ready but for the request's id. Counted, and told once a second, not logged one by one. */
export function createRefusals() {
  const error = temporarilyUnavailable()
  const [before = '', after = ''] = JSON.stringify(toProblem(error, PLACE_OF_ID)).split(PLACE_OF_ID)
  const bytesAround = Buffer.byteLength(before + after)
  const fixed = Object.entries({
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'retry-after': String(error.retryAfterSeconds ?? 1),
    [SHED_HEADER]: '1',
  }).flat()
  let log: FastifyBaseLogger | null = null
  let untold = 0
  let toldAt = Number.NEGATIVE_INFINITY
  const count = createCount()
  const tell = () => {
    untold++
    if (performance.now() - toldAt < TELL_EVERY_MS) return
    log?.warn({ count: untold }, 'requests were refused: the process is full')
    toldAt = performance.now()
    untold = 0
  }
  return {
    logTo: (target: FastifyBaseLogger) => void (log = target),
    send(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse, reason: Refusal): void {
      count(endpoint, reason)
      tell()
      const id = requestIdOf(request.headers)
      // Ids have no letter but ASCII.
      response.writeHead(error.status, [...fixed, 'x-request-id', id, 'content-length', String(bytesAround + id.length)]).end(before + id + after)
    },
  }
}

/** Finding the counter of its labels costs a metric more than all else of a refusal: that is done when somebody looks. */
function createCount(): (endpoint: Endpoint, reason: Refusal) => void {
  const uncounted = new Map<Endpoint, Record<Refusal, number>>()
  tallyShedRequests(() => {
    for (const [endpoint, counts] of uncounted)
      for (const reason of REFUSALS)
        if (counts[reason] > 0) shedRequests.inc({ service: endpoint.service, priority: priorityOf(endpoint), reason }, counts[reason])
    uncounted.clear()
  })
  return (endpoint, reason) => {
    const counts = uncounted.get(endpoint)
    if (counts) counts[reason]++
    else uncounted.set(endpoint, { full: 0, displaced: 0, late: 0, [reason]: 1 })
  }
}
