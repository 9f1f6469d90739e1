import type { Ctx } from '../../ctx.ts'
import { lockTarget } from '../../members/lock-members.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'

/** As an administrator of the organisation that asked for it; where nothing runs it changes nothing. Throws `notFound`, `outranked` (403). */
export async function withdrawReset(ctx: Ctx, userId: string): Promise<void> {
  await ctx.write(async (scope) => {
    await lockTarget(ctx, scope.db, userId)
    const gone = await scope.db
      .deleteFrom('factorReset')
      .where('userId', '=', userId)
      .where('tenantId', '=', ctx.organizationId)
      .returning('userId')
      .executeTakeFirst()
    if (gone) recordSecurityEvent(scope, { kind: 'factor.reset-withdrawn', about: { type: 'user', id: userId } })
  })
}
