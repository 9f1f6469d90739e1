import { FieldRules, PERMISSIONS, RecordScopes, type CustomRole } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const membersOf = sql<number>`(
  select count(*)::int from auth.membership
   where membership.organization_id = role.organization_id and membership.custom_role_id = role.id)`

export const selectRoles = (db: Kysely<Tables>) =>
  db
    .selectFrom('role')
    .select(['id', 'name', 'base', 'permissions', 'weighed', 'scopes', 'fields', 'version', 'createdAt', 'updatedAt', membersOf.as('members')])

interface RoleRow extends Omit<CustomRole, 'newPermissions' | 'scopes' | 'fields' | 'createdAt' | 'updatedAt'> {
  readonly weighed: readonly string[]
  readonly scopes: unknown
  readonly fields: unknown
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** All that there are now: what whoever saves a role decides on. */
export const allPermissions = (): string[] => Object.keys(PERMISSIONS)

export const toRole = ({ weighed, ...row }: RoleRow): CustomRole => ({
  ...row,
  newPermissions: allPermissions().filter((name) => !weighed.includes(name) && !row.permissions.includes(name)),
  scopes: RecordScopes.parse(row.scopes),
  fields: FieldRules.parse(row.fields),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/** Throws `notFound`, for a role of another organisation too. */
export async function readRole(db: Kysely<Tables>, roleId: string): Promise<CustomRole> {
  const row = await selectRoles(db).where('id', '=', roleId).executeTakeFirst()
  if (!row) throw notFound('role')
  return toRole(row)
}
