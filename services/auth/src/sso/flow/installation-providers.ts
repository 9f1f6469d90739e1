import { SIGN_IN_PROVIDERS, type SignInProvider } from '@ai-crm/contracts'
import type { PublicCtx } from '../../ctx.ts'
import type { Provider } from '../provider/provider.ts'

/** A provider that the operator has set up, or null. */
export function installationProvider({ config }: Pick<PublicCtx, 'config'>, kind: SignInProvider): Provider | null {
  const [issuer, clientId, clientSecret] =
    kind === 'google'
      ? [config.GOOGLE_ISSUER, config.GOOGLE_CLIENT_ID, config.GOOGLE_CLIENT_SECRET]
      : [config.MICROSOFT_ISSUER, config.MICROSOFT_CLIENT_ID, config.MICROSOFT_CLIENT_SECRET]
  return clientId === undefined || clientSecret === undefined ? null : { kind, issuer, clientId, clientSecret, credential: kind }
}

export const offeredProviders = (ctx: Pick<PublicCtx, 'config'>): SignInProvider[] =>
  SIGN_IN_PROVIDERS.filter((kind) => installationProvider(ctx, kind) !== null)
