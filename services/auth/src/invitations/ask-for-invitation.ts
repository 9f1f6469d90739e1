import { waitForInvitationMail } from '../budgets/take-invitation-mail.ts'
import type { PublicCtx } from '../ctx.ts'
import { lockMembers } from '../members/lock-members.ts'
import { findInvitation } from './find-invitation.ts'
import { fits, lockInvitation, requireOpen, roleOf, stateOf } from './invitation.ts'
import { inviteAddress, isRoomToAsk } from './invite.ts'

/** Nobody gets more than a mail a minute from us, however often somebody asks. */
const PAUSE_MS = 60_000

/**
 * Whoever has a link and no account here has an invitation sent to their address: opening that proves the address, which
 * the link alone cannot. The answer is the same whether the address fits, has an account or belongs to a member, and whether a mail leaves.
 */
export async function askForInvitation(publicCtx: PublicCtx, token: string, email: string): Promise<void> {
  const { ctx, invitation } = await findInvitation(publicCtx, token)
  requireOpen(invitation)
  if (invitation.kind !== 'link' || !fits(invitation, email)) return
  await ctx.write(async (scope) => {
    await lockMembers(scope.db)
    const link = await lockInvitation(scope.db, invitation.id)
    if (!link || stateOf(link) !== 'open') return
    const earlier = await scope.db
      .selectFrom('invitation')
      .select(['throughLink', 'sentAt'])
      .where('kind', '=', 'email')
      .where('email', '=', email)
      .where('revokedAt', 'is', null)
      .where('uses', '=', 0)
      .executeTakeFirst()
    // An invitation that somebody wrote by hand stays as it is; its mail is there.
    const isTooSoon = earlier !== undefined && (earlier.throughLink === null || Date.now() - earlier.sentAt.getTime() < PAUSE_MS)
    if (isTooSoon || (!earlier && !(await isRoomToAsk(scope.db))) || (await waitForInvitationMail(ctx, scope.db, email)) !== null) return
    await inviteAddress(ctx, scope, { email, role: roleOf(link), locale: link.locale, invitedBy: link.invitedBy, throughLink: link.id })
  })
}
