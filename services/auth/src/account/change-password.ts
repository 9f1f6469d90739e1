import type { ChangePassword } from '@ai-crm/contracts'
import { notFound, type HttpExchange } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { refuseCommonPassword } from '../passwords/common-passwords.ts'
import { wrongPassword } from '../passwords/errors.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { provePassword } from './prove-password.ts'
import { setPassword } from './set-password.ts'

/** Another password for whoever knows the current one; this session goes on, the others end. */
export async function changePassword(ctx: Ctx, { currentPassword, newPassword }: ChangePassword, http: HttpExchange): Promise<void> {
  const { principal } = http
  if (!principal) throw notFound('member')
  const { userId, sessionId } = principal
  const account = await provePassword(ctx, userId, currentPassword, http)
  await refuseCommonPassword(newPassword, '/newPassword', [account.email, account.name])
  const passwordHash = await hashPassword(newPassword)
  const finish = await ctx.write(async (scope) => {
    // Two changes at once: the second proved a password that is none any more.
    const same = await scope.db
      .selectFrom('passwordCredential')
      .select('userId')
      .where('userId', '=', userId)
      .where('passwordHash', '=', account.passwordHash)
      .forUpdate()
      .executeTakeFirst()
    if (!same) throw wrongPassword('/currentPassword')
    return setPassword(ctx, scope, { userId, passwordHash, keptSessionId: sessionId, device: http.userAgent || null, kind: 'account.password-changed' })
  })
  await finish()
}
