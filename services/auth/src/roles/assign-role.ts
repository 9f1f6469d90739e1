import { ROLE_PERMISSIONS, type Member, type RoleChoice } from '@ai-crm/contracts'
import type { Ctx, Db } from '../ctx.ts'
import { setRole, type ChosenRole } from '../members/change-role.ts'
import { lockTarget, requireOtherOwner, type LockedMember } from '../members/lock-members.ts'
import { readMember } from '../members/member.ts'
import { requireProofToGive } from '../step-up/require-proof-to-give.ts'
import { requireFieldRules, requireGrantable, requireNothingTold, requireScopes } from './grantable.ts'
import { readRole } from './role.ts'

/** The chosen role, if the actor may give it. Throws `notFound`, `notYoursToGrant`, `outranked`, `stepUpNeeded` (403). */
export async function chooseRole(ctx: Ctx, db: Db, actor: LockedMember, { role, customRoleId }: RoleChoice): Promise<ChosenRole> {
  const custom = customRoleId === null ? null : await readRole(db, customRoleId)
  const chosen = { role: custom?.base ?? role, customRoleId }
  const permissions = custom?.permissions ?? [...ROLE_PERMISSIONS[role]]
  requireGrantable(actor, chosen.role, permissions)
  const { scopes = {}, fields = {} } = custom ?? {}
  requireScopes(actor, scopes)
  requireFieldRules(actor, fields)
  requireNothingTold(permissions, scopes, fields)
  requireProofToGive(ctx, permissions)
  return chosen
}

/** Throws what `chooseRole` throws, and `lastOwner` (409). */
export async function assignRole(ctx: Ctx, userId: string, choice: RoleChoice): Promise<Member> {
  return ctx.write(async (scope) => {
    const { actor, target } = await lockTarget(ctx, scope.db, userId)
    const chosen = await chooseRole(ctx, scope.db, actor, choice)
    await requireOtherOwner(scope.db, target)
    if (chosen.role !== target.role || chosen.customRoleId !== target.customRoleId) await setRole(ctx, scope, target, chosen)
    return readMember(scope.db, userId)
  })
}
