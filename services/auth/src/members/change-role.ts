import { memberRoleChanged, ROLE_PERMISSIONS, type Member, type Role } from '@ai-crm/contracts'
import { versionConflict, type WriteScope } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { revokeUnvouched } from '../invitations/revoke-unvouched.ts'
import { requireBuiltIn } from '../roles/grantable.ts'
import type { Tables } from '../tables.ts'
import { lockTarget, requireOtherOwner, type LockedMember } from './lock-members.ts'
import { readMember } from './member.ts'
import { refuseOldRightsOf } from '../rights/refuse-old-rights.ts'
import { requireProofToGive } from '../step-up/require-proof-to-give.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** Throws `notFound`, `lastOwner` (409), `versionConflict`, and what `requireBuiltIn` throws (403). */
export async function changeRole(ctx: Ctx, userId: string, expectedVersion: number, role: Role): Promise<Member> {
  return ctx.write(async (scope) => {
    const { actor, target } = await lockTarget(ctx, scope.db, userId)
    requireBuiltIn(actor, role)
    if (target.version !== expectedVersion) throw versionConflict('member', target.version)
    requireProofToGive(ctx, ROLE_PERMISSIONS[role])
    if (role !== 'owner') await requireOtherOwner(scope.db, target)
    if (role !== target.role || target.customRoleId !== null) await setRole(ctx, scope, target, { role, customRoleId: null })
    return readMember(scope.db, userId)
  })
}

export interface ChosenRole {
  readonly role: Role
  readonly customRoleId: string | null
}

/** Stores and announces the role, and ends tokens with the old one. Under the lock of the members. */
export const setRole = (ctx: Ctx, scope: WriteScope<Tables>, member: LockedMember, chosen: ChosenRole): Promise<void> => setRoleOf(ctx, scope, [member], chosen)

/** The same of several. */
export async function setRoleOf(
  ctx: Ctx,
  scope: WriteScope<Tables>,
  members: readonly Pick<LockedMember, 'userId' | 'role'>[],
  { role: to, customRoleId }: ChosenRole,
): Promise<void> {
  if (members.length === 0) return
  await scope.db
    .updateTable('membership')
    .set({ role: to, customRoleId, version: sql<number>`version + 1` })
    .where(
      'userId',
      'in',
      members.map(({ userId }) => userId),
    )
    .execute()
  await scope.emitAll(members.map(({ userId, role: from }) => memberRoleChanged({ userId, from, to, customRoleId })))
  for (const { userId, role: from } of members)
    recordSecurityEvent(scope, { kind: 'member.role-changed', about: { type: 'user', id: userId }, details: { from, to, customRoleId } })
  refuseOldRightsOf(ctx, scope, members)
  await revokeUnvouched(scope)
}
