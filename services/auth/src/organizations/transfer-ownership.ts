import type { Member } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { setRole } from '../members/change-role.ts'
import { notActive, outranked, yourself } from '../members/errors.ts'
import { findMember, lockActor } from '../members/lock-members.ts'
import { readMember } from '../members/member.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** The member becomes an owner, whoever was it an administrator: both or neither. Throws `outranked`, `notFound`, `yourself`, `notActive`. */
export async function transferOwnership(ctx: Ctx, toUserId: string): Promise<Member> {
  return ctx.write(async (scope) => {
    const owner = await lockActor(ctx, scope.db, 'auth.organization.transfer')
    if (owner.role !== 'owner') throw outranked()
    const heir = await findMember(scope.db, toUserId)
    if (!heir) throw notFound('member')
    if (heir.userId === owner.userId) throw yourself()
    if (heir.disabledAt) throw notActive()
    if (heir.role !== 'owner') await setRole(ctx, scope, heir, { role: 'owner', customRoleId: null })
    await setRole(ctx, scope, owner, { role: 'admin', customRoleId: null })
    recordSecurityEvent(scope, { kind: 'organization.ownership-transferred', about: { type: 'user', id: toUserId } })
    return readMember(scope.db, toUserId)
  })
}
