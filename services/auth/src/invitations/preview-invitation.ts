import type { InvitationPreview } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { findCookieHolder } from '../organizations/cookie-holder.ts'
import { findAccountByEmail, findAccountById, findInvitation } from './find-invitation.ts'
import { requireOpen, roleOf } from './invitation.ts'
import { namesFor } from './send-invitation.ts'

/** Throws `invitationUnknown` (404), `invitationOver` (410). */
export async function previewInvitation(publicCtx: PublicCtx, token: string, http: HttpExchange): Promise<InvitationPreview> {
  const { ctx, invitation } = await findInvitation(publicCtx, token)
  requireOpen(invitation)
  const holder = await findCookieHolder(publicCtx, http)
  const person = holder ? await findAccountById(publicCtx, holder.known.userId) : undefined
  // Whoever opens a mailed link has the address: they may know whether it has an account. A link tells about no address.
  const { kind, email } = invitation
  const isKnown = kind === 'email' && email !== null && (await findAccountByEmail(publicCtx, email)) !== undefined
  const stranger = kind === 'link' ? 'address' : 'details'
  return {
    ...(await namesFor(ctx.db, invitation.invitedBy)),
    role: roleOf(invitation),
    kind,
    email,
    domain: invitation.domain,
    expiresAt: invitation.expiresAt.toISOString(),
    needs: person || isKnown ? 'nothing' : stranger,
    signedInAs: person?.email ?? null,
  }
}
