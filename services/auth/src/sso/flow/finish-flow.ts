import type { SsoCallback, SsoOutcome } from '@ai-crm/contracts'
import { AppError, type HttpExchange } from '@ai-crm/platform'
import type { Ctx, PublicCtx } from '../../ctx.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { providerOf, readConnection, redirectUri, type ConnectionRow } from '../connections/connection.ts'
import { flowOver, notSetUp } from '../errors.ts'
import type { Provider, ProvenIdentity } from '../provider/provider.ts'
import { asTrusted, requireFreshness } from './freshness.ts'
import { redeemCode } from '../provider/redeem-code.ts'
import { nonceOf, verifierOf } from './flow.ts'
import { installationProvider } from './installation-providers.ts'
import { settleTest } from './settle-test.ts'
import { signInByConnection } from './sign-in-by-connection.ts'
import { signInByProvider } from './sign-in-by-provider.ts'
import { takeFlow, type Flow } from './take-flow.ts'

/** What the provider sent back, in the browser that began. The page posts it: our cookies are never sent by other sites. */
export async function finishFlow(publicCtx: PublicCtx, callback: SsoCallback, http: HttpExchange): Promise<SsoOutcome> {
  const flow = await takeFlow(publicCtx, callback.state, http)
  if (flow.provider !== 'connection') {
    const provider = installationProvider(publicCtx, flow.provider)
    if (!provider) throw notSetUp()
    const identity = await redeem(publicCtx, provider, callback)
    requireFreshness(flow, identity)
    return { ...(await signInByProvider(publicCtx, flow.provider, identity, http)), returnTo: flow.returnTo }
  }
  const { ctx, connection } = await findConnection(publicCtx, flow)
  if (flow.purpose === 'test') return finishTest(publicCtx, ctx, connection, callback)
  if (connection.enabledAt === null) throw notSetUp()
  try {
    const identity = asTrusted(flow, connection, await redeem(publicCtx, providerOf(ctx, connection), callback))
    requireFreshness(flow, identity)
    return { ...(await signInByConnection(publicCtx, ctx, connection, identity, http)), returnTo: flow.returnTo }
  } catch (error) {
    await noteRefusal(ctx, connection.id, error)
    throw error
  }
}

/** Throws `notSetUp` (404) for one that is gone, `flowOver` (403) for one that has other credentials than when the flow began. */
async function findConnection(publicCtx: PublicCtx, { tenantId, connectionId, credentials, userId }: Flow): Promise<{ ctx: Ctx; connection: ConnectionRow }> {
  if (tenantId === null || connectionId === null) throw flowOver()
  const ctx = publicCtx.enter(tenantId, userId === null ? { type: 'system', id: null } : { type: 'user', id: userId })
  const connection = await readConnection(ctx.db, connectionId).catch(() => null)
  if (!connection) throw notSetUp()
  if (connection.credentials !== credentials) throw flowOver()
  return { ctx, connection }
}

function redeem(publicCtx: PublicCtx, provider: Provider, { state, code, iss, error }: SsoCallback): Promise<ProvenIdentity> {
  const callbackUrl = new URL(redirectUri(publicCtx.config))
  for (const [name, value] of Object.entries({ state, code, iss, error })) if (value !== undefined) callbackUrl.searchParams.set(name, value)
  return redeemCode(publicCtx, provider, { callbackUrl, state, nonce: nonceOf(publicCtx, state), codeVerifier: verifierOf(publicCtx, state) })
}

async function finishTest(publicCtx: PublicCtx, ctx: Ctx, connection: ConnectionRow, callback: SsoCallback): Promise<SsoOutcome> {
  try {
    return await settleTest(ctx, connection, await redeem(publicCtx, providerOf(ctx, connection), callback))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return settleTest(ctx, connection, lastWord(error))
  }
}

const lastWord = ({ code }: AppError): string => code.slice(code.lastIndexOf('.') + 1)

/** For the administrator who is asked why. */
async function noteRefusal(ctx: Ctx, connectionId: string, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) return
  await ctx.write(async (scope) =>
    recordSecurityEvent(scope, {
      kind: 'session.sign-in-refused',
      about: { type: 'sso-connection', id: connectionId },
      details: { by: 'sso', reason: lastWord(error) },
    }),
  )
}
