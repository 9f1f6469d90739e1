import { createHash } from 'node:crypto'
import { internalAuthEndpoints, type KeyExchange } from '@ai-crm/contracts'
import { AppError, cacheKey, countedAddress, createServiceClient, withDeadline, type ServiceHost } from '@ai-crm/platform'
import type { FastifyRequest } from 'fastify'
import type { PublicCtx } from '../ctx.ts'
import { rateLimited } from '../errors.ts'

const KEY = /^Bearer (crm_[A-Za-z0-9_-]{20,150})$/i
/** A key is asked about again after this long: with the rest of the way a revoked one is dead within ten seconds. */
const REVALIDATE_MS = 4_000
/** While the auth service is away, its last answer counts this much longer. */
const STALE_MS = 4_000

const MAX_KNOWN = 10_000

/** Takes from the budget of an address, as for any stranger; throws `rateLimited` (429). */
export type ChargeAddress = (address: string) => Promise<void>

interface Known {
  readonly answer: KeyExchange | AppError
  readonly askedAtMs: number
}

/**
 * Requests with an API key go on with the access token that the key stands for: what is behind this door sees access tokens only,
 * also where it is the same process. The key itself goes no further.
 */
export function exchangeKeys(ctx: PublicCtx, host: ServiceHost, chargeAddress: ChargeAddress): void {
  const ask = createAsker(ctx, host, chargeAddress)
  host.app.addHook('onRequest', async (request) => {
    const key = KEY.exec(request.headers.authorization ?? '')?.[1]
    const { endpoint } = request.routeOptions.config
    if (key === undefined || !endpoint || endpoint.access === 'internal') return
    // Others wait for the same question: it has a time of its own, and this request waits no longer than its caller does.
    const answer = await withDeadline(request.dueAtMs, () => ask(key, request))
    if (answer instanceof AppError) {
      // Not said here: the endpoint refuses a request without a token in its own way, after its address was charged for it.
      request.headers.authorization = ''
      return
    }
    await chargeKey(host, answer, endpoint.cost ?? 1)
    request.headers.authorization = `Bearer ${answer.accessToken}`
  })
}

/** Each key has a rate of its own, beside those of its maker and organisation. */
async function chargeKey({ adapters }: ServiceHost, { keyId, organizationId, ratePerMinute }: KeyExchange, cost: number): Promise<void> {
  const bucket = {
    kind: 'api-key',
    key: cacheKey(organizationId, 'rate', 'api-key', keyId),
    limit: ratePerMinute,
    periodSeconds: 60,
    cost: Math.min(cost, ratePerMinute),
  }
  const verdict = await adapters.rateLimiter.charge([bucket])
  if (!verdict.isAllowed) throw rateLimited(Math.max(1, Math.ceil(verdict.retryAfterSeconds)))
}

type Asker = (key: string, request: FastifyRequest) => Promise<KeyExchange | AppError>

/**
 * Asks the auth service, once for all requests that wait; remembers keys by digest, refused ones too. A key that has not
 * been accepted here before costs its address first: guessing is limited before it makes work for anybody.
 */
function createAsker(ctx: PublicCtx, host: ServiceHost, chargeAddress: ChargeAddress): Asker {
  const client = createServiceClient({ from: 'gateway', to: 'auth', deriveKey: (purpose) => ctx.deriveKey(purpose), log: ctx.log, ...host })
  const known = new Map<string, Known>()
  const asking = new Map<string, Promise<KeyExchange | AppError>>()

  const askAuth = async (key: string, request: FastifyRequest): Promise<KeyExchange | AppError> => {
    const body = { key, address: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) }
    try {
      return await client.call(internalAuthEndpoints.exchangeApiKey, { body }, { correlationId: request.correlationId })
    } catch (error) {
      if (error instanceof AppError && error.status === 401) return error
      throw error
    }
  }

  return async (key, request) => {
    // Where a key may be used from is part of the answer.
    const id = createHash('sha256')
      .update(`${key} ${countedAddress(request.ip)} ${request.ip}`)
      .digest('base64url')
    const last = known.get(id)
    const nowMs = performance.now()
    if (last && nowMs - last.askedAtMs < REVALIDATE_MS && (await isAccepted(last.answer, host))) return last.answer
    if (!last || last.answer instanceof AppError) await chargeAddress(countedAddress(request.ip))
    const running = asking.get(id) ?? askAuth(key, request).finally(() => asking.delete(id))
    asking.set(id, running)
    try {
      const answer = await running
      remember(known, id, { answer, askedAtMs: nowMs })
      return answer
    } catch (error) {
      if (last && nowMs - last.askedAtMs < REVALIDATE_MS + STALE_MS) return last.answer
      throw error
    }
  }
}

/** Bounded: the one that was asked about longest ago goes. */
function remember(known: Map<string, Known>, id: string, answer: Known): void {
  known.delete(id)
  known.set(id, answer)
  const [oldest] = known.keys()
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest)
}

/** A token whose maker's rights have changed is worthless before its time: then the key is asked about again at once. */
async function isAccepted(answer: KeyExchange | AppError, { verifier }: ServiceHost): Promise<boolean> {
  if (answer instanceof AppError) return true
  return verifier.verify(answer.accessToken).then(
    () => true,
    () => false,
  )
}
