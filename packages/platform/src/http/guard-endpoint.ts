import type { Endpoint } from '@ai-crm/contracts'
import type { onRequestAsyncHookHandler } from 'fastify'
import { authenticate, authorise, bearerOf, requireFreshProof, requireFreshProofUnlessKey } from './authenticate.ts'
import { refuseCrossSite } from './refuse-cross-site.ts'
import { unauthenticated } from './request-errors.ts'
import type { ServiceTokenVerifier } from './service-tokens.ts'
import type { TokenVerifier } from './tokens.ts'

export interface GuardOptions {
  readonly verifier: TokenVerifier
  /** For `internal` endpoints; without it they refuse everybody. */
  readonly serviceTokens?: ServiceTokenVerifier
  /** Origins of ours, beside the app's own host, that may use the cookie endpoints: `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[]
}

/**
 * Who may call the endpoint: token and permission, or our own pages only where a cookie could authorise. An
 * onRequest hook: it runs before the body is read, so that strangers cannot make us parse anything.
 */
export function guardEndpoint(endpoint: Endpoint, options: GuardOptions): onRequestAsyncHookHandler {
  const { access } = endpoint
  if (access === 'internal')
    return async (request) => {
      request.caller = (await options.serviceTokens?.verify(bearerOf(request), endpoint.service)) ?? null
      if (!request.caller) throw unauthenticated()
    }
  if (access === 'public')
    return async (request) => {
      if (endpoint.method !== 'GET') refuseCrossSite(request, options.allowedOrigins ?? [])
    }
  const isDeciding = decides(endpoint)
  return async (request) => {
    request.principal = await authenticate(request, options.verifier)
    authorise(request.principal, access)
    if (isDeciding && (await options.verifier.isRefusedNow(request.principal))) throw unauthenticated()
    if (endpoint.stepUp === true) requireFreshProof(request.principal)
    if (endpoint.stepUp === 'unless-key') requireFreshProofUnlessKey(request.principal)
  }
}

/** What it sets up outlives the token that asked for it. */
const decides = ({ access, method, stepUp }: Endpoint): boolean => stepUp !== undefined || (method !== 'GET' && access.endsWith('.manage'))
