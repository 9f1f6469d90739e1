import { FieldRules, RecordScopes, type CustomRole } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

const membersOf = sql<number>`(
  select count(*)::int from auth.membership
   where membership.organization_id = role.organization_id and membership.custom_role_id = role.id)`

export const selectRoles = (db: Kysely<Tables>) =>
  db.selectFrom('role').select(['id', 'name', 'base', 'permissions', 'scopes', 'fields', 'version', 'createdAt', 'updatedAt', membersOf.as('members')])

interface RoleRow extends Omit<CustomRole, 'scopes' | 'fields' | 'createdAt' | 'updatedAt'> {
  readonly scopes: unknown
  readonly fields: unknown
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const toRole = (row: RoleRow): CustomRole => ({
  ...row,
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
