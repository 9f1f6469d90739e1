import type { Member } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'
import { lockTarget } from '../../members/lock-members.ts'
import { readMember } from '../../members/member.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { beginReset } from './begin-reset.ts'
import { belongsElsewhere, ownFactors } from './errors.ts'

/**
 * As an administrator, for a member who belongs here alone: factors guard every organisation of their person, and none decides
 * for another. Throws `notFound`, `outranked` (403), `ownFactors`, `belongsElsewhere`, `nothingToReset` (409).
 */
export async function requestReset(ctx: Ctx, userId: string): Promise<Member> {
  return ctx.write(async (scope) => {
    const { actor, target } = await lockTarget(ctx, scope.db, userId)
    if (target.userId === actor.userId) throw ownFactors()
    if (!(await isNowhereBut(scope.db, userId, ctx.organizationId))) throw belongsElsewhere()
    const { name: requester } = await scope.db.selectFrom('userAccount').select('name').where('id', '=', actor.userId).executeTakeFirstOrThrow()
    const { dueAt, isNew } = await beginReset(ctx, scope, { userId, tenantId: ctx.organizationId, requestedBy: actor.userId, requester })
    if (isNew) recordSecurityEvent(scope, { kind: 'factor.reset-requested', about: { type: 'user', id: userId }, details: { resetsAt: dueAt.toISOString() } })
    return readMember(scope.db, userId)
  })
}

/** Where somebody may go in; a place where they are disabled is none. */
export async function isNowhereBut(db: Db, userId: string, tenantId: string): Promise<boolean> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId})`.execute(db)
  return rows.every(({ organizationId }) => organizationId === tenantId)
}
