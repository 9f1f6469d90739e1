import { createHmac } from 'node:crypto'
import type { SignedIn } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { findMembership, heldBack } from '../members/get-me.ts'
import { currentSigner } from '../signing-keys/current-signer.ts'
import { sessionOver } from './errors.ts'
import { findAuthentication } from './find-authentication.ts'

/** An access token with the rights as they are now, none of them while a second factor is missing that everybody needs; throws `sessionOver` when the person has left the organisation. */
export async function issueAccess(ctx: Ctx, { userId, sessionId }: { userId: string; sessionId: string }): Promise<SignedIn> {
  const [membership, authentication, sign] = await Promise.all([findMembership(ctx, userId), findAuthentication(ctx, userId, sessionId), currentSigner(ctx)])
  if (!membership || !authentication) throw sessionOver()
  const { mustAddFactor, ...proof } = authentication
  const { me, grant, readAtMs } = mustAddFactor ? heldBack(membership) : membership
  const subject = { userId, organizationId: ctx.organizationId, role: me.role, grant, sessionId, issuedAtMs: readAtMs, ...proof }
  const { token, expiresAt } = await sign(subject)
  return { status: 'signed-in', accessToken: token, expiresAt: expiresAt.toISOString(), me, writingKey: writingKeyOf(ctx, sessionId) }
}

/** The same as long as the session is there: nothing has to be kept for it, and with the session nobody gets it any more. */
const writingKeyOf = (ctx: Ctx, sessionId: string): string =>
  createHmac('sha256', ctx.deriveKey('auth.writing-key')).update(`${ctx.organizationId}/${sessionId}`).digest('base64url')
