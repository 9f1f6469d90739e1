import type { SignedIn } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { findMe } from '../members/get-me.ts'
import { currentSigner } from '../signing-keys/current-signer.ts'
import { sessionOver } from './errors.ts'

/** An access token with the role as it is now; throws `sessionOver` when the person has left the organisation. */
export async function issueAccess(ctx: Ctx, { userId, sessionId }: { userId: string; sessionId: string }): Promise<SignedIn> {
  const [me, sign] = await Promise.all([findMe(ctx, userId), currentSigner(ctx)])
  if (!me) throw sessionOver()
  const { token, expiresAt } = await sign({ userId, organizationId: ctx.organizationId, role: me.role, sessionId })
  return { accessToken: token, expiresAt: expiresAt.toISOString(), me }
}
