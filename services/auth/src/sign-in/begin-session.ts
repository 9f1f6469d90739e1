import type { Factor, SignedIn } from '@ai-crm/contracts'
import type { HttpExchange, WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { PublicCtx } from '../ctx.ts'
import { issueAccess } from '../sessions/issue-access.ts'
import { readSessionCookies, rememberDevice, rememberSession } from '../sessions/session-cookies.ts'
import { startSession } from '../sessions/start-session.ts'
import type { Tables } from '../tables.ts'
import { refusalOf, type Voucher, type WayIn } from '../sso/policy/way-in.ts'
import { noOrganization } from './errors.ts'

export interface ProvenPerson {
  readonly userId: string
  /** All ways in which they have just proven who they are. */
  readonly factors: readonly Factor[]
  readonly voucher?: Voucher | null
  /** When they have done so; now unless told. */
  readonly authenticatedAt?: Date
}

/**
 * Signs in whom every factor has proven, in the organisation that they used last of those that this way leads into; `also`
 * commits with the session. Throws `noOrganization`, `ssoRequired` (403).
 */
export async function beginSession(
  publicCtx: PublicCtx,
  { userId, factors, voucher = null, authenticatedAt }: ProvenPerson,
  http: HttpExchange,
  also: (scope: WriteScope<Tables>) => Promise<void>,
): Promise<SignedIn> {
  const organizationId = await requirePlace(publicCtx, userId, { factors, voucher })
  const ctx = publicCtx.enter(organizationId, { type: 'user', id: userId })
  const { device } = readSessionCookies(http)
  const session = await ctx.write(async (scope) => {
    await also(scope)
    return startSession(ctx, scope, userId, { device, userAgent: http.userAgent, factors, voucher, authenticatedAt })
  })
  const signedIn = await issueAccess(ctx, { userId, sessionId: session.sessionId })
  rememberSession(http, session.refreshToken, session.refreshExpiresAt)
  rememberDevice(http, session.device)
  return signedIn
}

/** Where the person comes in in this way: an organisation that they belong to and that allows it. Throws the refusal of the first. */
export async function requirePlace(publicCtx: PublicCtx, userId: string, way: WayIn): Promise<string> {
  if (way.voucher?.by === 'connection') return way.voucher.organizationId
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 50`.execute(publicCtx.db)
  let refused: Error | null = null
  for (const { organizationId } of rows) {
    const { db } = publicCtx.enter(organizationId, { type: 'user', id: userId })
    const refusal = await refusalOf(db, organizationId, userId, way)
    if (!refusal) return organizationId
    refused ??= refusal
  }
  throw refused ?? noOrganization()
}
