import type { Locale, Permission } from '@ai-crm/contracts'
import type { Db } from '../ctx.ts'
import { activeMembers, permittedBy } from '../members/permissions-of.ts'

export interface Addressee {
  readonly name: string
  readonly email: string
  readonly locale: Locale
}

/** A notice is for those who can act on it, not for a crowd. */
const MOST = 50

/** The active members who may do something, by a built-in role or one of the organisation's own; owners first. */
export async function findPermitted(db: Db, permission: Permission): Promise<Addressee[]> {
  const rows = await activeMembers(db)
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select(['userAccount.name', 'userAccount.email', 'userAccount.locale'])
    .orderBy('membership.joinedAt')
    .execute()
  return rows
    .filter((row) => permittedBy(row).has(permission))
    .toSorted((one, other) => Number(other.role === 'owner') - Number(one.role === 'owner'))
    .slice(0, MOST)
    .map(({ name, email, locale }) => ({ name, email, locale }))
}
