import { invitationRevoked, ROLE_PERMISSIONS, ROLES, type Permission } from '@ai-crm/contracts'
import type { WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import type { Tables } from '../tables.ts'

const NEEDED: Permission = 'auth.member.invite'
const INVITING_ROLES = ROLES.filter((role) => ROLE_PERMISSIONS[role].has(NEEDED))

/**
 * Takes back every open invitation whose inviter could not write it any more: who is gone, is disabled, may invite nobody, or stands
 * below its role. Nobody leaves a way back in for themselves. Call it whenever somebody loses rights, under the lock of the members.
 */
export async function revokeUnvouched(scope: WriteScope<Tables>): Promise<void> {
  const isVouchedFor = sql<boolean>`exists (
    select from auth.membership inviter
      left join auth.role on role.organization_id = inviter.organization_id and role.id = inviter.custom_role_id
     where inviter.organization_id = invitation.organization_id and inviter.user_id = invitation.invited_by and inviter.disabled_at is null
       and array_position(${sql.val([...ROLES])}::text[], inviter.role) <= array_position(${sql.val([...ROLES])}::text[], invitation.role)
       and case when role.id is null then inviter.role = any(${sql.val(INVITING_ROLES)}::text[]) else ${NEEDED} = any(role.permissions) end)`
  const revoked = await scope.db
    .updateTable('invitation')
    .set({ revokedAt: sql<Date>`now()` })
    .where('revokedAt', 'is', null)
    .whereRef('uses', '<', 'maxUses')
    .where(sql<boolean>`not ${isVouchedFor}`)
    .returning('id')
    .execute()
  await tell(scope, revoked)
}

/** Whom an administrator removes comes back by an invitation from after that only. */
export async function revokeInvitationsTo(scope: WriteScope<Tables>, userId: string): Promise<void> {
  const address = scope.db.selectFrom('userAccount').select('email').where('id', '=', userId)
  const revoked = await scope.db
    .updateTable('invitation')
    .set({ revokedAt: sql<Date>`now()` })
    .where('revokedAt', 'is', null)
    .where('uses', '=', 0)
    .where('email', '=', address)
    .returning('id')
    .execute()
  await tell(scope, revoked)
}

async function tell(scope: WriteScope<Tables>, revoked: readonly { readonly id: string }[]): Promise<void> {
  for (const { id } of revoked) {
    await scope.emit(invitationRevoked({ invitationId: id }))
    recordSecurityEvent(scope, { kind: 'invitation.revoked', about: { type: 'invitation', id } })
  }
}
