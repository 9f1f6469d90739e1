import { notFresh } from '../errors.ts'
import type { Flow } from './take-flow.ts'
import { FLOW_SECONDS } from './flow.ts'
import type { ProvenIdentity } from '../provider/provider.ts'

/** How far the provider's clock may be behind ours. */
const SKEW_MS = 60_000

/** "Authenticated by a long-lived cookie": nothing of monetary value may rest on it (OpenID Connect Core 1.0, 2). */
const NO_LEVEL = '0'

/**
 * Since when a sign-in at a provider counts as a proof: when the person has proven themselves there, however young the
 * answer is; long ago where the provider does not say, or says that it was no proof. Never later than now.
 */
export function provenAt({ authenticatedAt, acr }: Pick<ProvenIdentity, 'authenticatedAt' | 'acr'>, now = Date.now()): Date {
  if (authenticatedAt === null || acr === NO_LEVEL) return new Date(0)
  return new Date(Math.min(authenticatedAt.getTime(), now))
}

/**
 * A provider that keeps silent about `auth_time`, and of which the organisation says that it asks its people anew when it is told to: where we
 * told it (`prompt=login`), they have proven themselves when it wrote the answer to this very question (our nonce). What it does say counts as
 * it says it, and who comes by without the question is as old as ever.
 */
export function asTrusted(
  { isFresh }: Pick<Flow, 'isFresh'>,
  { isTrustedToAskAgain }: { readonly isTrustedToAskAgain: boolean },
  identity: ProvenIdentity,
): ProvenIdentity {
  return isFresh && isTrustedToAskAgain && identity.authenticatedAt === null ? { ...identity, authenticatedAt: identity.issuedAt } : identity
}

/** Of a flow that asked for a new sign-in: throws `notFresh` (403) unless the provider says that there was one since. */
export function requireFreshness({ isFresh, expiresAt }: Pick<Flow, 'isFresh' | 'expiresAt'>, identity: ProvenIdentity): void {
  const begunAtMs = expiresAt.getTime() - FLOW_SECONDS * 1000
  if (isFresh && provenAt(identity).getTime() < begunAtMs - SKEW_MS) throw notFresh()
}
