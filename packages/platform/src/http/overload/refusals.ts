import type { IncomingMessage, ServerResponse } from 'node:http'
import { priorityOf, type Endpoint } from '@ai-crm/contracts'
import type { FastifyBaseLogger } from 'fastify'
import { shedRequests } from '../../telemetry/metrics.ts'
import { toProblem } from '../problem.ts'
import { temporarilyUnavailable } from '../request-errors.ts'
import { requestIdOf } from '../request-origin.ts'
import type { Refusal } from './admission.ts'
import { SHED_HEADER } from './shed-header.ts'

const TELL_EVERY_MS = 1_000
const PLACE_OF_ID = 'the-id-of-the-request'

/** Answers as cheaply as can be: a problem that is ready but for the request's id. Counted, and told once a second, not logged one by one. */
export function createRefusals() {
  const error = temporarilyUnavailable()
  const [before = '', after = ''] = JSON.stringify(toProblem(error, PLACE_OF_ID)).split(PLACE_OF_ID)
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
      shedRequests.inc({ service: endpoint.service, priority: priorityOf(endpoint), reason })
      tell()
      const id = requestIdOf(request.headers)
      const body = before + id + after
      response.writeHead(error.status, [...fixed, 'x-request-id', id, 'content-length', String(Buffer.byteLength(body))]).end(body)
    },
  }
}
