import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpExchange } from '../service.ts'
import { readCookies, writeCookie } from './cookies.ts'

/** What a handler may know of HTTP. Cookies are parsed only when they are looked at. */
export function createExchange(request: FastifyRequest, reply: FastifyReply, expectedVersion: number, allowedOrigins: readonly string[]): HttpExchange {
  return {
    expectedVersion,
    principal: request.principal,
    caller: request.caller,
    clientAddress: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    acceptLanguage: (request.headers['accept-language'] ?? '').slice(0, 300),
    get publicOrigin() {
      return publicOriginOf(request, allowedOrigins)
    },
    get cookies() {
      return readCookies(request)
    },
    setCookie: (name, value, maxAgeSeconds) => writeCookie(reply, name, value, maxAgeSeconds),
  }
}

/** The configured origin that the browser shows, else the first configured one, else what the request was sent to. */
function publicOriginOf({ headers, protocol, host }: FastifyRequest, allowedOrigins: readonly string[]): string {
  const shown = allowedOrigins.find((origin) => origin === headers.origin)
  return shown ?? allowedOrigins[0] ?? `${protocol}://${host}`
}
