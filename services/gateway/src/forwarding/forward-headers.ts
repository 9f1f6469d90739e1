import type { IncomingHttpHeaders } from 'node:http'
import { currentTraceparent, SHED_HEADER, TIMEOUT_HEADER, UNWELL_HEADER } from '@ai-crm/platform'
import type { FastifyRequest } from 'fastify'

/** RFC 9110 7.6.1: these belong to one connection. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade']
/** Claims about the client that only this gateway may make, and what it decides itself. */
const OURS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
  'accept-encoding',
  'content-length',
  'expect',
  TIMEOUT_HEADER,
]

const without = (headers: IncomingHttpHeaders, names: ReadonlySet<string>): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined || names.has(name) ? [] : [[name, value] as const])))

const NOT_FORWARDED: ReadonlySet<string> = new Set([...HOP_BY_HOP, ...OURS])

/** Headers for the service: the client's own, with what only we know about it, its ids and how long it still waits. */
export function requestHeaders(request: FastifyRequest, timeoutMs: number): Record<string, string | string[]> {
  const trace = currentTraceparent() ?? request.trace
  return {
    ...without(request.headers, NOT_FORWARDED),
    'x-forwarded-for': request.ip,
    'x-forwarded-proto': request.protocol,
    'x-request-id': request.id,
    'x-correlation-id': request.correlationId,
    [TIMEOUT_HEADER]: String(timeoutMs),
    ...(trace === null ? {} : { traceparent: trace }),
  }
}

const NOT_RETURNED: ReadonlySet<string> = new Set([...HOP_BY_HOP, 'content-length', 'date', SHED_HEADER, UNWELL_HEADER])

/** Headers of the service's answer that are for the client. */
export const responseHeaders = (headers: IncomingHttpHeaders): Record<string, string | string[]> => without(headers, NOT_RETURNED)
