import { CustomGrant, rightsOf, type Me } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { findAuthentication } from '../sessions/find-authentication.ts'

/** A person as a member of an organisation, with what a token says about them. */
export interface Membership {
  readonly me: Me
  readonly grant: CustomGrant | null
  /** By the clock of the database, before the rights were read: a later change of them makes the token worthless. */
  readonly readAtMs: number
}

/** The person as an active member of the organisation of the context, or null. */
export async function findMembership(ctx: Ctx, userId: string): Promise<Membership | null> {
  const row = await ctx.db
    .selectFrom('membership')
    .innerJoin('organization', 'organization.organizationId', 'membership.organizationId')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .leftJoin('role as customRole', (join) =>
      join.onRef('customRole.organizationId', '=', 'membership.organizationId').onRef('customRole.id', '=', 'membership.customRoleId'),
    )
    .select(['userAccount.name', 'userAccount.email', 'userAccount.locale', 'membership.role', 'organization.name as organizationName', 'organization.slug', 'organization.isSettingUp'])
    .select(['customRole.id as customRoleId', 'customRole.name as customRoleName', 'customRole.permissions', 'customRole.scopes', 'customRole.fields'])
    // The start of the transaction, which no snapshot in it precedes; clock_timestamp() could.
    .select(sql<number>`(extract(epoch from now()) * 1000)::float8`.as('readAtMs'))
    .where('membership.userId', '=', userId)
    .where('membership.disabledAt', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const grant = row.customRoleId === null ? null : CustomGrant.parse({ roleId: row.customRoleId, permissions: row.permissions, scopes: row.scopes, fields: row.fields })
  const { permissions, scopes, fields } = rightsOf(row.role, grant)
  const me: Me = {
    user: { id: userId, name: row.name, email: row.email, locale: row.locale },
    organization: { id: ctx.organizationId, name: row.organizationName, slug: row.slug, isSettingUp: row.isSettingUp },
    role: row.role,
    customRole: row.customRoleId === null ? null : { id: row.customRoleId, name: row.customRoleName ?? '' },
    permissions: [...permissions],
    scopes,
    fields,
  }
  return { me, grant, readAtMs: row.readAtMs }
}

/**
 * The member without any right: what is left is what everybody who is signed in may do with their own account, such as
 * setting up a second factor. The next token after that has the rights again.
 */
export function heldBack({ me, grant, readAtMs }: Membership): Membership {
  const nothing = { roleId: grant?.roleId ?? me.organization.id, permissions: [], scopes: {}, fields: {} }
  return { me: { ...me, permissions: [], mustAddFactor: true }, grant: nothing, readAtMs }
}

/** As the session is: held back like its token. */
export async function getMe(ctx: Ctx, sessionId: string): Promise<Me> {
  const userId = ctx.actor.id
  if (userId === null) throw notFound('member')
  const [membership, session] = await Promise.all([findMembership(ctx, userId), findAuthentication(ctx, userId, sessionId)])
  if (!membership) throw notFound('member')
  return session?.mustAddFactor ? heldBack(membership).me : membership.me
}
