import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpExchange } from '../service.ts'
import { readCookies, writeCookie } from './cookies.ts'

/** What a handler may know of HTTP. Cookies are parsed only when they are looked at. */
export function createExchange(request: FastifyRequest, reply: FastifyReply, expectedVersion: number): HttpExchange {
  return {
    expectedVersion,
    principal: request.principal,
    clientAddress: request.ip,
    userAgent: (request.headers['user-agent'] ?? '').slice(0, 300),
    get cookies() {
      return readCookies(request)
    },
    setCookie: (name, value, maxAgeSeconds) => writeCookie(reply, name, value, maxAgeSeconds),
  }
}
