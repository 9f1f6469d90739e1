import { CustomGrant, rightsOf, type Locale, type Permission } from '@ai-crm/contracts'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

export interface Addressee {
  readonly name: string
  readonly email: string
  readonly locale: Locale
}

/** A notice is for those who can act on it, not for a crowd. */
const MOST = 50

/** The active members who may do something, by a built-in role or one of the organisation's own; owners first. */
export async function findPermitted(db: Kysely<Tables>, permission: Permission): Promise<Addressee[]> {
  const rows = await db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .leftJoin('role as customRole', (join) =>
      join.onRef('customRole.organizationId', '=', 'membership.organizationId').onRef('customRole.id', '=', 'membership.customRoleId'),
    )
    .select(['userAccount.name', 'userAccount.email', 'userAccount.locale', 'membership.role', 'customRole.id as roleId'])
    .select(['customRole.permissions', 'customRole.fields'])
    .where('membership.disabledAt', 'is', null)
    .orderBy('membership.joinedAt')
    .execute()
  return rows
    .filter(({ role, roleId, permissions, fields }) => {
      const grant = roleId === null ? null : CustomGrant.parse({ roleId, permissions, scopes: {}, fields })
      return rightsOf(role, grant).permissions.has(permission)
    })
    .toSorted((one, other) => Number(other.role === 'owner') - Number(one.role === 'owner'))
    .slice(0, MOST)
    .map(({ name, email, locale }) => ({ name, email, locale }))
}
