import { roleDeleted, type RoleChoice } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { setRoleOf } from '../members/change-role.ts'
import { outranked } from '../members/errors.ts'
import { lockActor } from '../members/lock-members.ts'
import { mayHandle } from '../members/member.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { chooseRole } from './assign-role.ts'
import { movesToItself } from './errors.ts'
import { readRole } from './role.ts'

/** Moves its members first. Throws `notFound`, `movesToItself` (422), `notYoursToGrant` and `outranked` (403). */
export async function deleteRole(ctx: Ctx, roleId: string, choice: RoleChoice): Promise<void> {
  await ctx.write(async (scope) => {
    const { db, emit } = scope
    const actor = await lockActor(ctx, db, 'auth.role.manage')
    const { name, base } = await readRole(db, roleId)
    if (choice.customRoleId === roleId) throw movesToItself()
    if (!mayHandle(actor, base)) throw outranked()
    const chosen = await chooseRole(ctx, db, actor, choice)
    const members = await db.selectFrom('membership').select(['userId', 'role']).where('customRoleId', '=', roleId).execute()
    await setRoleOf(ctx, scope, members, chosen)
    const deleted = await db.deleteFrom('role').where('id', '=', roleId).returning('id').executeTakeFirst()
    if (!deleted) return
    await emit(roleDeleted({ roleId, name }))
    recordSecurityEvent(scope, { kind: 'role.deleted', about: { type: 'role', id: roleId }, details: { name, movedMembers: members.length } })
  })
}
