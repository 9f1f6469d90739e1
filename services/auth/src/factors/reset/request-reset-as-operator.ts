import { notFound } from '@ai-crm/platform'
import type { Ctx } from '../../ctx.ts'
import type { Operator } from '../../flags/operator.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { beginReset } from './begin-reset.ts'
import { ownFactors } from './errors.ts'

/**
 * For anybody with an account, wherever they belong. The log of the operator's own organisation has that it was asked for; those of the person learn
 * of what is done. Throws `notFound`, `ownFactors`, `nothingToReset` (409).
 */
export async function requestResetAsOperator(ctx: Ctx, operator: Operator, email: string): Promise<{ resetsAt: string }> {
  const dueAt = await ctx.write(async (scope) => {
    const person = await scope.db.selectFrom('userAccount').select('id').where('email', '=', email).executeTakeFirst()
    if (!person) throw notFound('account')
    if (person.id === operator.userId) throw ownFactors()
    const { dueAt: begun, isNew } = await beginReset(ctx, scope, { userId: person.id, tenantId: null, requestedBy: operator.userId, requester: operator.email })
    const details = { resetsAt: begun.toISOString(), byOperator: true }
    if (isNew) recordSecurityEvent(scope, { kind: 'factor.reset-requested', about: { type: 'user', id: person.id }, details })
    return begun
  })
  return { resetsAt: dueAt.toISOString() }
}
