import type { FastifyReply, FastifyRequest } from 'fastify'

/** For every answer of the API; pages of the web app replace the policy by their own. */
const API_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Sets the headers that hold for every answer, errors included. */
export function protectResponse(request: FastifyRequest, reply: FastifyReply): void {
  reply.headers(API_HEADERS)
  reply.header('x-request-id', request.id)
  reply.header('x-correlation-id', request.correlationId)
  if (request.protocol === 'https') askForTls(reply)
}

/** HSTS (RFC 6797): for a year, with subdomains. Only where the browser came over TLS. */
export const askForTls = (reply: FastifyReply): FastifyReply => reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
