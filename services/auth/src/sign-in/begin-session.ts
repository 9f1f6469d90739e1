import type { Factor, SignedIn } from '@ai-crm/contracts'
import type { HttpExchange, WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { readSessionCookies, rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession } from '../sessions/start-session.ts'
import type { Tables } from '../tables.ts'
import { noOrganization } from './errors.ts'

export interface ProvenPerson {
  readonly userId: string
  /** All ways in which they have just proven who they are. */
  readonly factors: readonly Factor[]
}

/**
 * Signs in whom every factor has proven, in the organisation that they used last; `also` commits with the session.
 * Throws `noOrganization` (403).
 */
export async function beginSession(
  publicCtx: PublicCtx,
  { userId, factors }: ProvenPerson,
  http: HttpExchange,
  also: (scope: WriteScope<Tables>) => Promise<void>,
): Promise<SignedIn> {
  const organizationId = await findOrganization(publicCtx, userId)
  if (organizationId === null) throw noOrganization()

  const ctx = publicCtx.enter(organizationId, { type: 'user', id: userId })
  const { device } = readSessionCookies(http)
  const session = await ctx.write(async (scope) => {
    await also(scope)
    return startSession(ctx, scope, userId, { device, userAgent: http.userAgent, factors })
  })
  const signedIn = await issueAccess(ctx, { userId, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return signedIn
}

async function findOrganization(ctx: PublicCtx, userId: string): Promise<string | null> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 1`.execute(ctx.db)
  return rows[0]?.organizationId ?? null
}
