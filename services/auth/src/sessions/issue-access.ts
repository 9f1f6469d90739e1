import type { SignedIn } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { findMembership } from '../members/get-me.ts'
import { currentSigner } from '../signing-keys/current-signer.ts'
import { sessionOver } from './errors.ts'

/** An access token with the rights as they are now; throws `sessionOver` when the person has left the organisation. */
export async function issueAccess(ctx: Ctx, { userId, sessionId }: { userId: string; sessionId: string }): Promise<SignedIn> {
  const [membership, sign] = await Promise.all([findMembership(ctx, userId), currentSigner(ctx)])
  if (!membership) throw sessionOver()
  const { me, grant, readAtMs } = membership
  const { token, expiresAt } = await sign({ userId, organizationId: ctx.organizationId, role: me.role, grant, sessionId, issuedAtMs: readAtMs })
  return { accessToken: token, expiresAt: expiresAt.toISOString(), me }
}
