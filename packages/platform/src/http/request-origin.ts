import type { IncomingHttpHeaders } from 'node:http'

/** Ids that others may choose: long enough to be unique, safe in logs, headers and SQL text alike. */
const SAFE_ID = /^[A-Za-z0-9._-]{8,64}$/

/** W3C Trace Context, version 00: version-traceid-parentid-flags, ids not all zero. */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

const single = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null)

const safeId = (value: string | string[] | undefined): string | null => {
  const id = single(value)
  return id !== null && SAFE_ID.test(id) ? id : null
}

/** The caller's X-Request-Id where it is safe, else a new one. */
export const requestIdOf = (headers: IncomingHttpHeaders): string => safeId(headers['x-request-id']) ?? crypto.randomUUID()

/** The caller's X-Correlation-Id where it is safe, else the request's own id. */
export const correlationIdOf = (headers: IncomingHttpHeaders, requestId: string): string => safeId(headers['x-correlation-id']) ?? requestId

/** The caller's traceparent (W3C Trace Context) where it is well-formed, else null. */
export function traceOf(headers: IncomingHttpHeaders): string | null {
  const trace = single(headers['traceparent'])
  return trace !== null && TRACEPARENT.test(trace) ? trace : null
}
