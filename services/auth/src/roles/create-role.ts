import { roleCreated, type CreateRole, type CustomRole } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { lockMembers } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { nameTaken, tooManyRoles } from './errors.ts'
import { requireFieldRules, requireGrantable } from './grantable.ts'
import { readRole } from './role.ts'

const MAX_ROLES = 50

/** Throws `notYoursToGrant`, `outranked` (403), `unknownPermission` (422), `nameTaken`, `tooManyRoles` (409). */
export async function createRole(ctx: Ctx, { name, base, permissions, fields }: CreateRole): Promise<CustomRole> {
  const granted = await requireGrantable(ctx, base, permissions)
  requireFieldRules(ctx, fields)
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    await lockMembers(db)
    const { count } = await db
      .selectFrom('role')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= MAX_ROLES) throw tooManyRoles(MAX_ROLES)
    const created = await db
      .insertInto('role')
      .values({ name, base, permissions: granted, fields: JSON.stringify(fields) })
      .onConflict((conflict) => conflict.columns(['organizationId', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!created) throw nameTaken(name)
    await emit(roleCreated({ roleId: created.id, name, base, permissions: granted, fields }))
    recordSecurityEvent(scope, { kind: 'role.created', about: { type: 'role', id: created.id }, details: { name, base } })
    return readRole(db, created.id)
  })
}
