import { memberDisabled, memberEnabled, type Member } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { revokeUnvouched } from '../invitations/revoke-unvouched.ts'
import { refuseOldRightsOf } from '../rights/refuse-old-rights.ts'
import { endSessionsOf } from '../sessions/end-sessions-of.ts'
import { yourself } from './errors.ts'
import { lockTarget, requireOtherOwner } from './lock-members.ts'
import { readMember } from './member.ts'
import { requireProofToGive } from '../step-up/require-proof-to-give.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** Throws `notFound`, `outranked` (403), `yourself` (409), `lastOwner` (409). */
export async function disableMember(ctx: Ctx, userId: string): Promise<Member> {
  return ctx.write(async (scope) => {
    const { actor, target } = await lockTarget(ctx, scope.db, userId)
    if (target.userId === actor.userId) throw yourself()
    await requireOtherOwner(scope.db, target)
    if (target.disabledAt === null) {
      await setDisabled(scope.db, userId, sql<Date>`now()`)
      await scope.emit(memberDisabled({ userId }))
      recordSecurityEvent(scope, { kind: 'member.disabled', about: { type: 'user', id: userId } })
      await endSessionsOf(ctx, scope, userId, 'member-disabled')
      refuseOldRightsOf(ctx, scope, [target])
      await revokeUnvouched(scope)
    }
    return readMember(scope.db, userId)
  })
}

/** Throws `notFound`, `outranked`, `stepUpNeeded` (403). */
export async function enableMember(ctx: Ctx, userId: string): Promise<Member> {
  return ctx.write(async (scope) => {
    const { target } = await lockTarget(ctx, scope.db, userId)
    if (target.disabledAt !== null) {
      requireProofToGive(ctx, target.permissions)
      await setDisabled(scope.db, userId, null)
      await scope.emit(memberEnabled({ userId }))
      recordSecurityEvent(scope, { kind: 'member.enabled', about: { type: 'user', id: userId } })
    }
    return readMember(scope.db, userId)
  })
}

async function setDisabled(db: Db, userId: string, disabledAt: ReturnType<typeof sql<Date>> | null): Promise<void> {
  await db
    .updateTable('membership')
    .set({ disabledAt, version: sql<number>`version + 1` })
    .where('userId', '=', userId)
    .execute()
}
