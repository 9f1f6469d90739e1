import type { FastifyRequest } from 'fastify'
import { crossSiteRequest } from './request-errors.ts'

/**
 * Guard of the endpoints that a cookie could authorise (reliability 5.26): a browser must say that the request
 * comes from our own pages. Callers that are no browsers send neither header and carry no foreign cookies.
 * `allowedOrigins` are further origins of ours, such as `https://app.example.com`.
 */
export function refuseCrossSite(request: FastifyRequest, allowedOrigins: readonly string[]): void {
  const { origin } = request.headers
  if (origin !== undefined && allowedOrigins.includes(origin)) return
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  if (site !== undefined) throw crossSiteRequest()
  // Browsers leave Sec-Fetch-Site out on plain-http addresses: then the origin has to be the host that was asked.
  if (origin !== undefined && originHost(origin) !== request.host) throw crossSiteRequest()
}

/** Host and port of an origin; null for `null` and what is no origin. */
const originHost = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)
