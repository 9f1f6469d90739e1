import { ROLES, type Member, type Role } from '@ai-crm/contracts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** ROLES begins with the highest. */
const isAtMost = (role: Role, limit: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(limit)

/** Whether somebody may give this role, and change whoever has it: up to their own. */
export const mayHandle = (actor: { role: Role }, role: Role): boolean => isAtMost(role, actor.role)

/** Of the person's sessions here, the one that was used last. */
const lastSeenAt = sql<Date | null>`(
  select max(session.last_seen_at) from auth.session
   where session.organization_id = membership.organization_id and session.user_id = membership.user_id)`

/** Where this organisation asked for it. */
const factorsResetAt = sql<Date | null>`(
  select reset.due_at from auth.factor_reset reset where reset.user_id = membership.user_id and reset.tenant_id = membership.organization_id)`

export const selectMembers = (db: Kysely<Tables>) =>
  db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select([
      'membership.userId',
      'userAccount.name',
      'userAccount.email',
      'membership.role',
      'membership.customRoleId',
      'membership.joinedAt',
      'membership.disabledAt',
      'membership.version',
      lastSeenAt.as('lastSeenAt'),
      factorsResetAt.as('factorsResetAt'),
    ])

interface MemberRow extends Omit<Member, 'joinedAt' | 'disabledAt' | 'lastSeenAt' | 'factorsResetAt'> {
  readonly joinedAt: Date
  readonly disabledAt: Date | null
  readonly lastSeenAt: Date | null
  readonly factorsResetAt: Date | null
}

export const toMember = (row: MemberRow): Member => ({
  ...row,
  joinedAt: row.joinedAt.toISOString(),
  disabledAt: row.disabledAt?.toISOString() ?? null,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  factorsResetAt: row.factorsResetAt?.toISOString() ?? null,
})

export async function readMember(db: Kysely<Tables>, userId: string): Promise<Member> {
  return toMember(await selectMembers(db).where('membership.userId', '=', userId).executeTakeFirstOrThrow())
}
