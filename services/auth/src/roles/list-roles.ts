import { PERMISSIONS, ROLE_PERMISSIONS, ROLES, type BuiltInRole, type CustomRole, type PermissionEntry } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { selectRoles, toRole } from './role.ts'

const LIMIT = 50

/** The built-in roles, the most powerful first, and the organisation's own by name. */
export async function listRoles(ctx: Ctx): Promise<{ builtIn: BuiltInRole[]; custom: CustomRole[] }> {
  const [rows, counts] = await Promise.all([
    selectRoles(ctx.db).orderBy('name').limit(LIMIT).execute(),
    ctx.db
      .selectFrom('membership')
      .select(['role', ({ fn }) => fn.countAll<number>().as('members')])
      .where('customRoleId', 'is', null)
      .groupBy('role')
      .execute(),
  ])
  const membersOf = new Map(counts.map(({ role, members }) => [role, members]))
  return {
    builtIn: ROLES.map((role) => ({ role, permissions: [...ROLE_PERMISSIONS[role]], members: membersOf.get(role) ?? 0 })),
    custom: rows.map(toRole),
  }
}

export async function listPermissions(): Promise<{ items: PermissionEntry[] }> {
  return { items: Object.entries(PERMISSIONS).map(([name, meaning]) => ({ name, service: name.split('.', 1)[0] ?? name, meaning })) }
}
