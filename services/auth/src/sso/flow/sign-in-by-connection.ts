import type { SignedIn } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { Ctx, PublicCtx } from '../../ctx.ts'
import { beginSession } from '../../sign-in/begin-session.ts'
import { lockConnection, type ConnectionRow } from '../connections/connection.ts'
import { notSetUp } from '../errors.ts'
import { findPerson } from '../identities/find-person.ts'
import { provenAt } from './freshness.ts'
import { sharePolicy } from '../policy/policy.ts'
import type { ProvenIdentity } from '../provider/provider.ts'

/** Finds or makes the person, then begins a session that counts in this organisation only. */
export async function signInByConnection(
  publicCtx: PublicCtx,
  ctx: Ctx,
  connection: ConnectionRow,
  identity: ProvenIdentity,
  http: HttpExchange,
): Promise<SignedIn> {
  const userId = await ctx.write((scope) => findPerson(ctx, scope, connection, identity))
  const { amr, acr } = identity
  const voucher = { by: 'connection', organizationId: ctx.organizationId, connectionId: connection.id, amr, acr } as const
  return beginSession(publicCtx, { userId, factors: ['sso'], voucher, authenticatedAt: provenAt(identity) }, http, async ({ db }) => {
    await sharePolicy(ctx, db)
    // Disabling waits for this, or has come first: it ends what began before it.
    const now = await lockConnection(db, connection.id)
    if (now.enabledAt === null || now.credentials !== connection.credentials) throw notSetUp()
  })
}
