import { roleCreated, type CreateRole, type CustomRole } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { lockActor } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { nameTaken, tooManyRoles } from './errors.ts'
import { requireFieldRules, requireGrantable, requireNothingTold, requireScopes } from './grantable.ts'
import { allPermissions, readRole } from './role.ts'

const MAX_ROLES = 50

/** Throws what the checks of grantable.ts throw, `nameTaken`, `tooManyRoles` (409). */
export async function createRole(ctx: Ctx, { name, base, permissions, scopes, fields }: CreateRole): Promise<CustomRole> {
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const actor = await lockActor(ctx, db, 'auth.role.manage')
    const granted = requireGrantable(actor, base, permissions)
    requireScopes(actor, scopes)
    requireFieldRules(actor, fields)
    requireNothingTold(granted, scopes, fields)
    const { count } = await db
      .selectFrom('role')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= MAX_ROLES) throw tooManyRoles(MAX_ROLES)
    const created = await db
      .insertInto('role')
      .values({ name, base, permissions: granted, weighed: allPermissions(), scopes: JSON.stringify(scopes), fields: JSON.stringify(fields) })
      .onConflict((conflict) => conflict.columns(['organizationId', 'name']).doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!created) throw nameTaken(name)
    await emit(roleCreated({ roleId: created.id, name, base, permissions: granted, scopes, fields }))
    recordSecurityEvent(scope, { kind: 'role.created', about: { type: 'role', id: created.id }, details: { name, base } })
    return readRole(db, created.id)
  })
}
