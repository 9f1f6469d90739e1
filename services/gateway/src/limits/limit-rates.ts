import { createHash } from 'node:crypto'
import type { Endpoint } from '@ai-crm/contracts'
import { authenticate, cacheKey, type RateBucket, type RateVerdict, type ServiceHost } from '@ai-crm/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PublicCtx } from '../ctx.ts'
import { rateLimited } from '../errors.ts'

type Limits = PublicCtx['config']

/**
 * Charges every call of an endpoint by its cost: to the person and the organisation when the token is valid, else
 * to the network address, so that guessing tokens is limited too. Files of the web app are free.
 */
export function limitRates(ctx: PublicCtx, host: ServiceHost): void {
  const { rateLimiter } = host.adapters
  const charge = async (buckets: readonly RateBucket[], reply: FastifyReply): Promise<void> => {
    const verdict = await rateLimiter.charge(buckets)
    tell(reply, verdict)
    if (!verdict.isAllowed) throw rateLimited(Math.max(1, Math.ceil(verdict.retryAfterSeconds)))
  }

  host.app.addHook('onRequest', async (request, reply) => {
    const { endpoint } = request.routeOptions.config
    if (endpoint) await charge(await bucketsOf(request, endpoint, ctx.config, host), reply)
  })
  // After the body was read: who wants to sign in stands there.
  host.app.addHook('preHandler', async (request, reply) => {
    const identifier = signInIdentifier(request)
    if (identifier !== null) await charge([signInBucket(request, identifier, ctx.config)], reply)
  })
}

async function bucketsOf(request: FastifyRequest, endpoint: Endpoint, limits: Limits, { verifier }: ServiceHost): Promise<RateBucket[]> {
  const cost = endpoint.cost ?? 1
  const principal = endpoint.access === 'public' ? null : await authenticate(request, verifier).catch(() => null)
  if (!principal) return [{ key: cacheKey('global', 'rate', 'address', request.ip), limit: limits.RATE_LIMIT_ADDRESS_PER_MINUTE, periodSeconds: 60, cost }]
  const { organizationId, userId } = principal
  return [
    { key: cacheKey(organizationId, 'rate', 'user', userId), limit: limits.RATE_LIMIT_USER_PER_MINUTE, periodSeconds: 60, cost },
    { key: cacheKey(organizationId, 'rate', 'all'), limit: limits.RATE_LIMIT_ORGANIZATION_PER_MINUTE, periodSeconds: 60, cost },
  ]
}

/** The e-mail address in the body of a public endpoint (sign-in, sign-up), normalised; else null. */
function signInIdentifier(request: FastifyRequest): string | null {
  const { endpoint } = request.routeOptions.config
  const { body } = request
  if (endpoint?.access !== 'public' || typeof body !== 'object' || body === null || !('email' in body)) return null
  return typeof body.email === 'string' ? body.email.trim().toLowerCase() : null
}

/** Per address and identifier together: a stranger's guesses elsewhere cannot lock the owner out (contract 25). */
function signInBucket(request: FastifyRequest, identifier: string, limits: Limits): RateBucket {
  const digest = createHash('sha256').update(identifier).digest('hex')
  return { key: cacheKey('global', 'rate', 'sign-in', request.ip, digest), limit: limits.RATE_LIMIT_SIGN_IN_PER_15_MINUTES, periodSeconds: 900, cost: 1 }
}

/** draft-ietf-httpapi-ratelimit-headers, in the three-header form that clients know. */
function tell(reply: FastifyReply, verdict: RateVerdict): void {
  reply.headers({
    'ratelimit-limit': String(verdict.limit),
    'ratelimit-remaining': String(Math.max(0, Math.floor(verdict.remaining))),
    'ratelimit-reset': String(Math.ceil(verdict.resetSeconds)),
  })
}
