import type { SsoStarted } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import { actingPerson } from '../../factors/acting-person.ts'
import type { Ctx } from '../../ctx.ts'
import { providerOf, readConnection } from '../connections/connection.ts'
import { startFlow } from './start-flow.ts'

/** The whole way to the provider and back, also of a connection that is not enabled; it signs nobody in. */
export async function startTest(ctx: Ctx, connectionId: string, http: HttpExchange): Promise<SsoStarted> {
  const row = await readConnection(ctx.db, connectionId)
  const connection = { tenantId: ctx.organizationId, connectionId, credentials: row.credentials }
  const { userId } = actingPerson(http)
  const wish = { purpose: 'test', connection, userId, returnTo: '/settings/single-sign-on', loginHint: null, isFresh: false } as const
  return startFlow(ctx, providerOf(ctx, row), wish, http)
}
