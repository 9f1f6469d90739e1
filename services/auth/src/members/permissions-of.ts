import { CustomGrant, rightsOf, type Permission } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'

/** What each of the people may do, by a built-in role or one of the organisation's own. Whoever is disabled or no member is not among them. */
export async function permissionsOf(db: Db, userIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<Permission>>> {
  if (userIds.length === 0) return new Map()
  const rows = await activeMembers(db).select('membership.userId').where('membership.userId', 'in', userIds).execute()
  return new Map(rows.map((row) => [row.userId, permittedBy(row)]))
}

/** Members who are not disabled, with what their roles are made of. */
export const activeMembers = (db: Db) =>
  db
    .selectFrom('membership')
    .leftJoin('role as customRole', (join) =>
      join.onRef('customRole.organizationId', '=', 'membership.organizationId').onRef('customRole.id', '=', 'membership.customRoleId'),
    )
    .select(['membership.role', 'customRole.id as roleId', 'customRole.permissions', 'customRole.scopes', 'customRole.fields'])
    .where('membership.disabledAt', 'is', null)

type RoleOfMember = Awaited<ReturnType<ReturnType<typeof activeMembers>['execute']>>[number]

export function permittedBy({ role, roleId, permissions, scopes, fields }: RoleOfMember): ReadonlySet<Permission> {
  const grant = roleId === null ? null : CustomGrant.parse({ roleId, permissions, scopes, fields })
  return rightsOf(role, grant).permissions
}
