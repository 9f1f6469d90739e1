import { memberDisabled, memberRemoved, memberRoleChanged, rightsRefreshed, roleUpdated, signInPolicyChanged } from '@ai-crm/contracts'
import { refuseTokensOf, refuseTokensOfRole } from '@ai-crm/platform'
import { sql } from 'kysely'
import { auth, type Scope } from '../ctx.ts'

/**
 * What changes the rights of a person is listed here. Their tokens are refused from now on, by the clock that also stamps
 * new ones; only then are the sockets told, so that whoever shows themselves anew cannot do so with the old rights. Tried
 * until the cache has it.
 */
async function refuseTokensOfMember(scope: Scope, userId: string): Promise<void> {
  await refuseTokensOf(scope.cache, scope.organizationId, userId, await nowMs(scope))
  await scope.emit(rightsRefreshed({ subject: 'member', subjectId: userId }))
}

async function refuseTokensOfCustomRole(scope: Scope, roleId: string): Promise<void> {
  await refuseTokensOfRole(scope.cache, scope.organizationId, roleId, await nowMs(scope))
  await scope.emit(rightsRefreshed({ subject: 'role', subjectId: roleId }))
}

/** Whoever has no second factor although everybody needs one: their next token lets them do nothing but set one up. */
async function refuseTokensWithoutFactor(scope: Scope): Promise<void> {
  const { rows } = await sql<{ userId: string }>`select member.user_id from auth.membership member
    where not exists (select from auth.totp_credential totp where totp.user_id = member.user_id and totp.confirmed_at is not null)
      and not exists (select from auth.passkey passkey where passkey.user_id = member.user_id)`.execute(scope.db)
  for (const { userId } of rows) await refuseTokensOfMember(scope, userId)
}

export const rightsConsumers = [
  auth.consume({
    name: 'auth.refuse-without-factor',
    event: signInPolicyChanged,
    handle: async (scope, { data }) => {
      if (data.isSecondFactorRequired) await refuseTokensWithoutFactor(scope)
    },
  }),
  auth.consume({
    name: 'auth.refuse-changed-role',
    event: roleUpdated,
    handle: (scope, { data }) => refuseTokensOfCustomRole(scope, data.roleId),
  }),
  auth.consume({
    name: 'auth.refuse-changed-member',
    event: memberRoleChanged,
    handle: (scope, { data }) => refuseTokensOfMember(scope, data.userId),
  }),
  auth.consume({
    name: 'auth.refuse-disabled-member',
    event: memberDisabled,
    handle: (scope, { data }) => refuseTokensOfMember(scope, data.userId),
  }),
  auth.consume({
    name: 'auth.refuse-removed-member',
    event: memberRemoved,
    handle: (scope, { data }) => refuseTokensOfMember(scope, data.userId),
  }),
]

async function nowMs({ db }: Scope): Promise<number> {
  const { rows } = await sql<{ nowMs: number }>`select (extract(epoch from now()) * 1000)::float8 as now_ms`.execute(db)
  const [row] = rows
  if (!row) throw new Error('The database did not tell the time.')
  return row.nowMs
}
