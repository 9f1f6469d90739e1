import { AppError, EgressError } from '@ai-crm/platform'
import * as client from 'openid-client'
import { z } from 'zod'
import type { PublicCtx } from '../../ctx.ts'
import { answerRefused, providerRefused, providerUnreachable } from '../errors.ts'
import { openProvider } from './open-provider.ts'
import type { Provider, ProvenIdentity } from './provider.ts'
import { readClaims } from './read-claims.ts'

export interface Redemption {
  /** Our page with what the provider put into its address. */
  readonly callbackUrl: URL
  readonly state: string
  readonly nonce: string
  readonly codeVerifier: string
}

/**
 * Exchanges the code for an ID token and checks all of it: `iss` of the answer (RFC 9207), signature, issuer, audience,
 * `azp`, nonce, times. Throws `providerRefused`, `answerRefused` (403) or `providerUnreachable` (503).
 */
export async function redeemCode(ctx: PublicCtx, provider: Provider, { callbackUrl, state, nonce, codeVerifier }: Redemption): Promise<ProvenIdentity> {
  try {
    const configuration = await openProvider(ctx, provider)
    const tokens = await client.authorizationCodeGrant(configuration, callbackUrl, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) throw answerRefused()
    const more = claims['email'] === undefined ? await askUserInfo(configuration, tokens.access_token, claims.sub) : {}
    return readClaims(provider.kind, { ...more, ...claims })
  } catch (error) {
    throw explain(ctx, error)
  }
}

/** Many providers tell the address only here; the library compares the subject. What the ID token says comes first. */
async function askUserInfo(configuration: client.Configuration, accessToken: string, subject: string): Promise<Record<string, unknown>> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {}
  return client.fetchUserInfo(configuration, accessToken, subject)
}

/** In the few words that a person can do something with; the rest stands in the log. */
function explain(ctx: Pick<PublicCtx, 'log'>, error: unknown): AppError {
  const chain = [...causesOf(error)]
  const own = chain.find((cause) => cause instanceof AppError)
  if (own?.code === 'auth.sso.answer_refused') return own
  ctx.log.warn({ err: error }, 'a sign-in by a provider failed')
  if (own || chain.some((cause) => cause instanceof EgressError || isBroken(cause))) return providerUnreachable()
  if (error instanceof client.AuthorizationResponseError) return providerRefused()
  return answerRefused()
}

const isBroken = (cause: Error): boolean => cause.name === 'TimeoutError' || ('status' in cause && z.number().min(500).safeParse(cause.status).success)

export function* causesOf(error: unknown): Generator<Error> {
  let current = error
  for (let depth = 0; depth < 6 && current instanceof Error; depth += 1) {
    yield current
    current = current.cause
  }
}
