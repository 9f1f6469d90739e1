import { createHash } from 'node:crypto'
import { COSTLY, type Endpoint } from '@ai-crm/contracts'
import { authenticate, cacheKey, countedAddress, rateRefusals, type RateBucket, type RateVerdict, type ServiceHost } from '@ai-crm/platform'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PublicCtx } from '../ctx.ts'
import { rateLimited } from '../errors.ts'

type Limits = PublicCtx['config']

/**
 * Charges every call of an endpoint by its cost: to the person, the organisation and their address when the token is
 * valid, else to the address alone, so that guessing tokens is limited too. All buckets of a call are charged in one
 * step, or none of them. Files of the web app are free.
 */
export function limitRates(ctx: PublicCtx, host: ServiceHost): void {
  const { rateLimiter } = host.adapters
  const charge = async (buckets: readonly RateBucket[], reply: FastifyReply): Promise<void> => {
    const verdict = await rateLimiter.charge(buckets)
    tell(reply, verdict)
    if (verdict.isAllowed) return
    rateRefusals.inc({ bucket: verdict.kind ?? 'unknown' })
    throw rateLimited(Math.max(1, Math.ceil(verdict.retryAfterSeconds)))
  }

  host.app.addHook('onRequest', async (request, reply) => {
    const { endpoint } = request.routeOptions.config
    // Calls between services that run in this process are not the public's.
    if (endpoint && endpoint.access !== 'internal') await charge(await bucketsOf(request, endpoint, ctx.config, host), reply)
  })
  // After the body was read: who wants to sign in stands there. An attempt that is refused here has cost its address.
  host.app.addHook('preHandler', async (request, reply) => {
    const identifier = signInIdentifier(request)
    if (identifier !== null) await charge([signInBucket(request, identifier, ctx.config)], reply)
  })
}

async function bucketsOf(request: FastifyRequest, endpoint: Endpoint, limits: Limits, { verifier }: ServiceHost): Promise<RateBucket[]> {
  const cost = endpoint.cost ?? 1
  const perMinute = (kind: string, key: string, limit: number): RateBucket => ({ kind, key, limit, periodSeconds: 60, cost })
  const address = countedAddress(request.ip)
  const principal = endpoint.access === 'public' ? null : await authenticate(request, verifier).catch(() => null)
  if (!principal) return [addressBucket(address, limits, cost)]
  const { organizationId, userId } = principal
  return [
    perMinute('user', cacheKey(organizationId, 'rate', 'user', userId), limits.RATE_LIMIT_USER_PER_MINUTE),
    perMinute('organization', cacheKey(organizationId, 'rate', 'all'), limits.RATE_LIMIT_ORGANIZATION_PER_MINUTE),
    perMinute('signed-in-address', cacheKey('global', 'rate', 'signed-in-address', address), limits.RATE_LIMIT_SIGNED_IN_ADDRESS_PER_MINUTE),
    ...(cost >= COSTLY ? [perMinute('costly', cacheKey(organizationId, 'rate', 'costly', userId), limits.RATE_LIMIT_COSTLY_PER_MINUTE)] : []),
  ]
}

/** Of everybody at an address who has not shown who they are. */
const addressBucket = (address: string, limits: Limits, cost: number): RateBucket => ({
  kind: 'address',
  key: cacheKey('global', 'rate', 'address', address),
  limit: limits.RATE_LIMIT_ADDRESS_PER_MINUTE,
  periodSeconds: 60,
  cost,
})

/** For what is done for a stranger before their request is known to be one. Throws `rateLimited` (429). */
export async function chargeAddress({ config }: PublicCtx, { adapters }: ServiceHost, address: string): Promise<void> {
  const verdict = await adapters.rateLimiter.charge([addressBucket(address, config, 1)])
  if (verdict.isAllowed) return
  rateRefusals.inc({ bucket: 'address' })
  throw rateLimited(Math.max(1, Math.ceil(verdict.retryAfterSeconds)))
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
  return {
    kind: 'sign-in',
    key: cacheKey('global', 'rate', 'sign-in', countedAddress(request.ip), digest),
    limit: limits.RATE_LIMIT_SIGN_IN_PER_15_MINUTES,
    periodSeconds: 900,
    cost: 1,
  }
}

/** draft-ietf-httpapi-ratelimit-headers, in the three-header form that clients know. */
function tell(reply: FastifyReply, verdict: RateVerdict): void {
  reply.headers({
    'ratelimit-limit': String(verdict.limit),
    'ratelimit-remaining': String(Math.max(0, Math.floor(verdict.remaining))),
    'ratelimit-reset': String(Math.ceil(verdict.resetSeconds)),
  })
}
