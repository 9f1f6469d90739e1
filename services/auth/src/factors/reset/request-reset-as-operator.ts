import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../../ctx.ts'
import type { Operator } from '../../flags/operator.ts'
import { beginReset } from './begin-reset.ts'
import { ownFactors } from './errors.ts'

/** For anybody with an account, wherever they belong. Throws `notFound`, `ownFactors`, `nothingToReset` (409). */
export async function requestResetAsOperator(ctx: Ctx, operator: Operator, email: string): Promise<{ resetsAt: string }> {
  const { dueAt } = await ctx.write(async (scope) => {
    const person = await scope.db.selectFrom('userAccount').select('id').where('email', '=', email).executeTakeFirst()
    if (!person) throw notFound('account')
    if (person.id === operator.userId) throw ownFactors()
    return beginReset(ctx, scope, { userId: person.id, tenantId: null, requestedBy: operator.userId, requester: operator.email })
  })
  return { resetsAt: dueAt.toISOString() }
}
