import * as client from 'openid-client'
import type { PublicCtx } from '../../ctx.ts'
import type { Provider } from './provider.ts'
import { providerFetch } from './provider-fetch.ts'

/** Of all calls of one step together. */
const TIMEOUT_SECONDS = 9

/**
 * Reads the metadata of the provider anew: keys and endpoints are those of now. The library compares the issuer in it
 * with ours. The signature of the ID token is checked against the provider's keys always, although TLS would do (OIDC
 * Core 3.1.3.7): what a proxy in between could change does not decide who somebody is.
 */
export function openProvider(ctx: Pick<PublicCtx, 'config' | 'signal'>, provider: Provider): Promise<client.Configuration> {
  const { issuer, clientId, clientSecret, credential } = provider
  const url = new URL(issuer)
  // Plain http reaches only hosts that the operator named: see check-issuer.ts and the egress client.
  const insecure = url.protocol === 'http:' ? [client.allowInsecureRequests] : []
  return client.discovery(url, clientId, {}, authenticateBy(clientSecret), {
    [client.customFetch]: providerFetch(ctx, credential),
    timeout: TIMEOUT_SECONDS,
    execute: [...insecure, client.enableNonRepudiationChecks],
  })
}

/** In the way that the provider takes; `client_secret_basic` where it does not say (OpenID Connect Discovery 3). */
function authenticateBy(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]
  return (server, ...request) => {
    const methods = server.token_endpoint_auth_methods_supported
    const isBasic = methods === undefined || methods.includes('client_secret_basic')
    return (isBasic ? basic : post)(server, ...request)
  }
}
