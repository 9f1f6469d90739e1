import { parseCookie, stringifySetCookie } from 'cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * `__Host-` (RFC 6265bis 4.1.3.2): the browser refuses the cookie unless it is Secure, host-only and for all paths.
 * Browsers count http://localhost and 127.0.0.1 as secure; on other plain-http addresses no cookie is kept.
 */
const PREFIX = '__Host-'

/** Our cookies by their names without the prefix; others are invisible. */
export function readCookies(request: FastifyRequest): Readonly<Record<string, string | undefined>> {
  const all = Object.entries(parseCookie(request.headers.cookie ?? ''))
  return Object.fromEntries(all.filter(([name]) => name.startsWith(PREFIX)).map(([name, value]) => [name.slice(PREFIX.length), value]))
}

/** A cookie that scripts cannot read and other sites cannot make a browser send. `maxAgeSeconds` 0 deletes it. */
export function writeCookie(reply: FastifyReply, name: string, value: string, maxAgeSeconds: number): void {
  const cookie = stringifySetCookie({ name: PREFIX + name, value, httpOnly: true, secure: true, sameSite: 'strict', path: '/', maxAge: maxAgeSeconds })
  reply.header('set-cookie', cookie)
}
