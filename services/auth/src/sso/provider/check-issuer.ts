import { AppError, createEgress, EgressError } from '@ai-crm/platform'
import type { Ctx } from '../../ctx.ts'
import { issuerRefused } from '../errors.ts'
import { openProvider } from './open-provider.ts'
import type { Provider } from './provider.ts'
import { causesOf } from './redeem-code.ts'

/** The issuer, exactly as the provider's own metadata spells it; what would fail at every sign-in is said now. Throws `issuerRefused` (422). */
export async function checkIssuer(ctx: Ctx, provider: Provider): Promise<string> {
  const egress = createEgress({ allowedHosts: ctx.config.EGRESS_ALLOWED_HOSTS })
  const refusal = egress.refusalOf(provider.issuer)
  if (refusal) throw issuerRefused(refusal.message)
  const url = new URL(provider.issuer)
  if (url.protocol !== 'https:' && !egress.isAllowedHost(provider.issuer)) throw issuerRefused('It must begin with https.')
  if (url.search !== '' || url.hash !== '') throw issuerRefused('An issuer has no query and no fragment.')
  try {
    const metadata = (await openProvider(ctx, provider)).serverMetadata()
    if (!metadata.authorization_endpoint || !metadata.token_endpoint || !metadata.jwks_uri)
      throw issuerRefused('Its metadata names no endpoints to sign in at.')
    return metadata.issuer
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): AppError {
  for (const cause of causesOf(error)) {
    if (cause instanceof EgressError) return issuerRefused(cause.message)
    if (cause instanceof AppError) return cause.code === 'auth.sso.issuer_refused' ? cause : issuerRefused('It does not answer at the moment.')
  }
  return issuerRefused('What is at /.well-known/openid-configuration below it is not the metadata of this issuer.')
}
