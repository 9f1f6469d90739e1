import { notFound, type Principal } from '@ai-crm/platform'
import { sql, type SqlBool } from 'kysely'
import type { Ctx } from '../ctx.ts'

/** Whoever runs the installation, by name. Not a role: no owner of an organisation can make anybody one. */
export interface Operator {
  readonly userId: string
  readonly email: string
}

/**
 * The person, if they run this installation: the confirmed address of their account is in OPERATOR_EMAILS, now. What an
 * organisation's own identity provider says of somebody does not count: it could name anybody.
 */
export async function findOperator({ config, db }: Ctx, principal: Principal | null): Promise<Operator | null> {
  const emails = config.OPERATOR_EMAILS
  if (emails.length === 0 || principal?.agent.type !== 'user' || principal.factors.includes('sso')) return null
  const account = await db
    .selectFrom('userAccount')
    .select('email')
    .where('id', '=', principal.userId)
    .where(sql<SqlBool>`lower(email) = any(${emails})`)
    .executeTakeFirst()
  return account ? { userId: principal.userId, email: account.email } : null
}

/** The same, for what only operators know of: to everybody else it does not exist. */
export async function requireOperator(ctx: Ctx, principal: Principal | null): Promise<Operator> {
  const operator = await findOperator(ctx, principal)
  if (!operator) throw notFound('page')
  return operator
}
