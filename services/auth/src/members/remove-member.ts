import { memberRemoved } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import type { Ctx, Db } from '../ctx.ts'
import { revokeInvitationsTo, revokeUnvouched } from '../invitations/revoke-unvouched.ts'
import { refuseOldRightsOf } from '../rights/refuse-old-rights.ts'
import { requireWholeReach } from '../roles/grantable.ts'
import { endSessionsOf } from '../sessions/end-sessions-of.ts'
import type { Tables } from '../tables.ts'
import { leaveTeams } from '../teams/leave-teams.ts'
import { handoverUnknown, yourself } from './errors.ts'
import { findMember, lockSelf, lockTarget, requireOtherOwner, type LockedMember } from './lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

interface Departure {
  readonly reason: 'removed' | 'left'
  readonly handOverTo: string | null
}

/** Throws `notFound`, `outranked`, `scopeTooWide` (403), `yourself` and `lastOwner` (409), `handoverUnknown` (422). */
export async function removeMember(ctx: Ctx, userId: string, handOverTo: string | null): Promise<void> {
  await ctx.write(async (scope) => {
    const { actor, target } = await lockTarget(ctx, scope.db, userId)
    if (handOverTo !== null) requireWholeReach(actor, '/handOverTo')
    if (target.userId === actor.userId) throw yourself()
    await depart(ctx, scope, target, { reason: 'removed', handOverTo })
  })
}

/** Throws `lastOwner` (409), `handoverUnknown` (422). */
export async function leaveOrganization(ctx: Ctx, handOverTo: string | null): Promise<void> {
  await ctx.write(async (scope) => depart(ctx, scope, await lockSelf(ctx, scope.db), { reason: 'left', handOverTo }))
}

/** The membership goes with its sessions; the event tells every service whose the records are now. */
async function depart(ctx: Ctx, scope: WriteScope<Tables>, member: LockedMember, { reason, handOverTo }: Departure): Promise<void> {
  const { userId } = member
  await requireOtherOwner(scope.db, member)
  if (handOverTo !== null) await requireHeir(scope.db, userId, handOverTo)
  await endSessionsOf(ctx, scope, userId, 'member-removed')
  if (reason === 'removed') await keepOut(scope, userId)
  await leaveTeams(scope, userId)
  await scope.db.deleteFrom('membership').where('userId', '=', userId).execute()
  refuseOldRightsOf(ctx, scope, [member])
  await revokeUnvouched(scope)
  await scope.emit(memberRemoved({ userId, reason, handedOverTo: handOverTo }))
  recordSecurityEvent(scope, { kind: reason === 'left' ? 'member.left' : 'member.removed', about: { type: 'user', id: userId }, details: { handOverTo } })
}

/** Their provider still knows them, and so do they the links: nothing from before brings them back. */
async function keepOut(scope: WriteScope<Tables>, userId: string): Promise<void> {
  await revokeInvitationsTo(scope, userId)
  await scope.db
    .insertInto('ssoExclusion')
    .values({ userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function requireHeir(db: Db, leavingId: string, heirId: string): Promise<void> {
  const heir = heirId === leavingId ? undefined : await findMember(db, heirId)
  if (!heir || heir.disabledAt) throw handoverUnknown()
}
