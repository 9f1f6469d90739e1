import type { IncomingMessage } from 'node:http'

/** A browser names the page that opens a socket; other clients send no Origin and carry no foreign credentials. */
function isOurOrigin(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined || allowedOrigins.includes(origin)) return true
  if (!URL.canParse(origin)) return false
  // Behind the gateway the address that the browser sees comes in X-Forwarded-Host, which no page can set.
  const forwarded = request.headers['x-forwarded-host']
  const { host: originHost } = new URL(origin)
  return originHost !== '' && (originHost === host || originHost === forwarded)
}

/** Addresses end up in logs: a credential in one is refused, so that nobody gets used to it. */
const hasCredential = (request: IncomingMessage): boolean => /[?&](ticket|token|access_token|jwt|auth)=/i.test(request.url ?? '')

/** Why a socket may not even begin, or null. */
export function refusalOf(request: IncomingMessage, allowedOrigins: readonly string[]): string | null {
  if (hasCredential(request)) return 'Send the ticket in `auth`, not in the address.'
  if (!isOurOrigin(request, allowedOrigins)) return 'This page may not open sockets here.'
  return null
}
