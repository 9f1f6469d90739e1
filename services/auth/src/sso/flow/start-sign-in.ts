import type { SsoStarted, StartSso } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { takeRequest } from '../../budgets/take-request.ts'
import type { PublicCtx } from '../../ctx.ts'
import { providerOf, readConnection } from '../connections/connection.ts'
import { notSetUp } from '../errors.ts'
import { findProvider } from '../policy/captured.ts'
import { installationProvider } from './installation-providers.ts'
import { startFlow } from './start-flow.ts'

/** By the domain of the address, whoever has it, or with a provider of the installation. Throws `notSetUp` (404), `tooManyAttempts` (429). */
export async function startSignIn(publicCtx: PublicCtx, wish: StartSso, http: HttpExchange): Promise<SsoStarted> {
  const common = { purpose: 'sign-in', userId: null, returnTo: wish.returnTo, isFresh: wish.isFresh } as const
  if ('provider' in wish) {
    const provider = installationProvider(publicCtx, wish.provider)
    if (!provider) throw notSetUp()
    return startFlow(publicCtx, provider, { ...common, connection: null, loginHint: null }, http)
  }
  await takeRequest(publicCtx, 'sso', wish.email, http.clientAddress)
  const found = await findProvider(publicCtx, wish.email)
  if (!found) throw notSetUp()
  const { ctx, connectionId } = found
  const row = await readConnection(ctx.db, connectionId)
  const connection = { tenantId: ctx.organizationId, connectionId, credentials: row.credentials }
  return startFlow(publicCtx, providerOf(ctx, row), { ...common, connection, loginHint: wish.email }, http)
}
