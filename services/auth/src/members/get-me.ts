import type { Me } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'

/** The person as an active member of the organisation of the context, or null. */
export async function findMe(ctx: Ctx, userId: string): Promise<Me | null> {
  const row = await ctx.db
    .selectFrom('membership')
    .innerJoin('organization', 'organization.organizationId', 'membership.organizationId')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select(['userAccount.name', 'userAccount.email', 'userAccount.locale', 'membership.role', 'organization.name as organizationName', 'organization.slug'])
    .where('membership.userId', '=', userId)
    .where('membership.disabledAt', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  return {
    user: { id: userId, name: row.name, email: row.email, locale: row.locale },
    organization: { id: ctx.organizationId, name: row.organizationName, slug: row.slug },
    role: row.role,
  }
}

export async function getMe(ctx: Ctx): Promise<Me> {
  const me = ctx.actor.id === null ? null : await findMe(ctx, ctx.actor.id)
  if (!me) throw notFound('member')
  return me
}
