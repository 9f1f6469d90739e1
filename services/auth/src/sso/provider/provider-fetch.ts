import { createEgress, EgressError, isInfrastructureFailure, resilient } from '@ai-crm/platform'
import type { CustomFetch } from 'openid-client'
import type { PublicCtx } from '../../ctx.ts'

const CALL_TIMEOUT_MS = 4_000
/** Metadata, keys and tokens are some kilobytes. */
const MAX_BYTES = 256 * 1024
/** Failures that say that the provider does not work; the others are about what it was asked. */
const DOWN: ReadonlySet<string> = new Set(['connect', 'name', 'tls', 'timeout', 'protocol'])

const isFailure = (error: unknown): boolean => (error instanceof EgressError ? DOWN.has(error.failure) : isInfrastructureFailure(error))

/** A 5xx of the provider. `status` is what the breaker looks at. */
class ProviderBroken extends Error {
  readonly status: number
  constructor(status: number) {
    super(`The provider answered ${status}.`)
    this.status = status
  }
}

/**
 * All that the OIDC library sends goes through the egress client: an issuer is an address that somebody gave us, and so
 * is every endpoint that its metadata names. Redirects are not followed; one breaker per provider and client.
 */
export function providerFetch(ctx: Pick<PublicCtx, 'config' | 'signal'>, credential: string): CustomFetch {
  const egress = createEgress({ allowedHosts: ctx.config.EGRESS_ALLOWED_HOSTS })
  const call = resilient({ name: 'oidc', credential, totalTimeoutMs: CALL_TIMEOUT_MS + 500, isFailure })
  return (url, { method, headers, body }) =>
    call(async (signal) => {
      const answer = await egress.fetch({
        method: method === 'POST' ? 'POST' : 'GET',
        url,
        headers,
        ...(body === undefined || body === null ? {} : { body: textOf(body) }),
        totalTimeoutMs: CALL_TIMEOUT_MS,
        maxBytes: MAX_BYTES,
        redirects: 'answer',
        signal,
      })
      if (answer.status >= 500) throw new ProviderBroken(answer.status)
      const isBodiless = answer.status === 204 || answer.status === 304
      return new Response(isBodiless ? null : new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
    }, ctx.signal)
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new Error('The OIDC library sends forms only.')
}
