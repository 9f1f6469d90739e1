import type { SsoStarted } from '@ai-crm/contracts'
import { AppError, type HttpExchange } from '@ai-crm/platform'
import { sql } from 'kysely'
import * as client from 'openid-client'
import type { PublicCtx } from '../../ctx.ts'
import { digestOf, newRefreshToken as newOpaqueToken } from '../../sessions/refresh-token.ts'
import { readSessionCookies, rememberDevice } from '../../sessions/session-cookies.ts'
import { redirectUri } from '../connections/connection.ts'
import { providerUnreachable } from '../errors.ts'
import { openProvider } from '../provider/open-provider.ts'
import type { Provider } from '../provider/provider.ts'
import { FLOW_SECONDS, nonceOf, verifierOf } from './flow.ts'

export interface Wish {
  readonly purpose: 'sign-in' | 'test'
  readonly connection: { readonly tenantId: string; readonly connectionId: string; readonly credentials: number } | null
  /** Who tests. */
  readonly userId: string | null
  readonly returnTo: string
  readonly loginHint: string | null
  readonly isFresh: boolean
}

/** Authorization code with PKCE, state and nonce; bound to the browser by its device cookie. Throws `providerUnreachable` (503). */
export async function startFlow(
  publicCtx: Pick<PublicCtx, 'config' | 'signal' | 'log' | 'deriveKey' | 'write'>,
  provider: Provider,
  wish: Wish,
  http: HttpExchange,
): Promise<SsoStarted> {
  const configuration = await open(publicCtx, provider)
  const state = newOpaqueToken()
  const device = readSessionCookies(http).device ?? newOpaqueToken()
  const { connection, loginHint, ...kept } = wish
  await publicCtx.write(({ db }) =>
    db
      .insertInto('ssoFlow')
      .values({
        ...kept,
        ...connection,
        provider: provider.kind,
        digest: digestOf(state),
        deviceDigest: digestOf(device),
        expiresAt: sql<Date>`now() + make_interval(secs => ${FLOW_SECONDS})`,
      })
      .execute(),
  )
  rememberDevice(http, device)
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri(publicCtx.config),
    scope: 'openid email profile',
    state,
    nonce: nonceOf(publicCtx, state),
    code_challenge: await client.calculatePKCECodeChallenge(verifierOf(publicCtx, state)),
    code_challenge_method: 'S256',
    ...askingForAge(publicCtx, wish),
    ...(loginHint === null ? {} : { login_hint: loginHint }),
  })
  return { authorizationUrl: url.href }
}

/** With a `max_age`, and only then, every provider has to say when its person signed in (OpenID Connect Core 1.0, 2 and 3.1.2.1). */
const askingForAge = ({ config }: Pick<PublicCtx, 'config'>, { isFresh }: Wish): Record<string, string> =>
  isFresh ? { prompt: 'login', max_age: '0' } : { max_age: String(config.SESSION_MAX_DAYS * 86_400) }

async function open(ctx: Pick<PublicCtx, 'config' | 'signal' | 'log'>, provider: Provider): Promise<client.Configuration> {
  try {
    return await openProvider(ctx, provider)
  } catch (error) {
    if (error instanceof AppError && error.code === 'platform.request_timeout') throw error
    ctx.log.warn({ err: error }, 'a provider cannot be asked')
    throw providerUnreachable()
  }
}
