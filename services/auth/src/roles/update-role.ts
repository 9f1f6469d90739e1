import { roleUpdated, type CustomRole, type UpdateRole } from '@ai-crm/contracts'
import { isUniqueViolation, versionConflict } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { revokeUnvouched } from '../invitations/revoke-unvouched.ts'
import { lockActor } from '../members/lock-members.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { refuseOldRightsOfRole } from '../rights/refuse-old-rights.ts'
import { requireProofToGive } from '../step-up/require-proof-to-give.ts'
import { nameTaken } from './errors.ts'
import { requireFieldRules, requireGrantable, requireNothingTold, requireScopes } from './grantable.ts'
import { allPermissions, readRole } from './role.ts'

/**
 * The event ends the tokens of everybody who has the role. Throws `notFound`, `versionConflict`, `nameTaken` (409), and what
 * the checks of grantable.ts throw.
 */
export async function updateRole(ctx: Ctx, roleId: string, expectedVersion: number, input: UpdateRole): Promise<CustomRole> {
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const actor = await lockActor(ctx, db, 'auth.role.manage')
    const before = await readRole(db, roleId)
    // What is absent comes from what was read here: it has to be what the client has seen.
    if (before.version !== expectedVersion) throw versionConflict('role', before.version)
    const permissions = requireGrantable(actor, before.base, input.permissions ?? before.permissions)
    const { name = before.name, scopes = before.scopes, fields = before.fields } = input
    requireScopes(actor, scopes)
    requireFieldRules(actor, fields)
    requireNothingTold(permissions, scopes, fields)
    requireProofToGive(
      ctx,
      permissions.filter((permission) => !before.permissions.includes(permission)),
    )
    await db
      .updateTable('role')
      .set({
        name,
        permissions,
        ...(input.permissions ? { weighed: allPermissions() } : {}),
        scopes: JSON.stringify(scopes),
        fields: JSON.stringify(fields),
        version: sql<number>`version + 1`,
        updatedAt: sql<Date>`now()`,
      })
      .where('id', '=', roleId)
      .execute()
      .catch((error: unknown) => {
        throw isUniqueViolation(error, 'role_organization_id_name_key') ? nameTaken(name) : error
      })
    refuseOldRightsOfRole(ctx, scope, roleId)
    await revokeUnvouched(scope)
    await emit(roleUpdated({ roleId, name, base: before.base, permissions, scopes, fields }))
    recordSecurityEvent(scope, { kind: 'role.changed', about: { type: 'role', id: roleId }, details: { name } })
    return readRole(db, roleId)
  })
}
