import { ROLE_PERMISSIONS, type Member, type Role, type RoleChoice } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { setRole } from '../members/change-role.ts'
import { outranked } from '../members/errors.ts'
import { lockTarget, requireOtherOwner } from '../members/lock-members.ts'
import { mayHandle, readMember } from '../members/member.ts'
import { requireFieldRules, requireGrantable, requireNothingTold, requireScopes } from './grantable.ts'
import { readRole } from './role.ts'

export interface ChosenRole {
  readonly role: Role
  readonly customRoleId: string | null
}

/** The chosen role, if the actor may give it. Throws `notFound`, `notYoursToGrant`, `outranked` (403). */
export async function chooseRole(ctx: Ctx, { role, customRoleId }: RoleChoice): Promise<ChosenRole> {
  const custom = customRoleId === null ? null : await readRole(ctx.db, customRoleId)
  const chosen = { role: custom?.base ?? role, customRoleId }
  const permissions = custom?.permissions ?? [...ROLE_PERMISSIONS[role]]
  await requireGrantable(ctx, chosen.role, permissions)
  const { scopes = {}, fields = {} } = custom ?? {}
  requireScopes(ctx, scopes)
  requireFieldRules(ctx, fields)
  requireNothingTold(permissions, scopes, fields)
  return chosen
}

/** Throws what `chooseRole` throws, and `lastOwner` (409). */
export async function assignRole(ctx: Ctx, userId: string, choice: RoleChoice): Promise<Member> {
  const chosen = await chooseRole(ctx, choice)
  return ctx.write(async (scope) => {
    const { actor, target } = await lockTarget(ctx, scope.db, userId)
    if (!mayHandle(actor, chosen.role)) throw outranked()
    await requireOtherOwner(scope.db, target)
    if (chosen.role !== target.role || chosen.customRoleId !== target.customRoleId) await setRole(scope, target, chosen.role, chosen.customRoleId)
    return readMember(scope.db, userId)
  })
}
