import { requireFreshProof, type HttpExchange } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { findSecondFactors, hasSecondFactor } from '../factors/find-second-factors.ts'
import { wrongPassword } from '../passwords/errors.ts'
import { verifyPassword } from '../passwords/hash-password.ts'
import { readSessionCookies } from '../sessions/session-cookies.ts'
import { returnAttempts, takeAttempt } from '../sign-in/take-attempt.ts'

/**
 * Who is signed in proves to be the person. Guesses count like those of signing in. The password alone is not enough where there is a second
 * factor: that has to be fresh in the session. Throws `wrongPassword` (403), naming the field, and `stepUpNeeded` (403).
 */
export async function provePassword(
  ctx: Ctx,
  userId: string,
  password: string,
  http: HttpExchange,
): Promise<{ email: string; name: string; passwordHash: string }> {
  const account = await ctx.db
    .selectFrom('userAccount')
    .innerJoin('passwordCredential', 'passwordCredential.userId', 'userAccount.id')
    .select(['userAccount.email', 'userAccount.name', 'passwordCredential.passwordHash'])
    .where('userAccount.id', '=', userId)
    .executeTakeFirst()
  if (!account) throw wrongPassword('/currentPassword')
  if (http.principal && hasSecondFactor(await findSecondFactors(ctx.db, userId))) requireFreshProof(http.principal)
  const attempt = await takeAttempt(ctx, account.email, http.clientAddress, readSessionCookies(http).device)
  if (!(await verifyPassword(account.passwordHash, password))) throw wrongPassword('/currentPassword')
  await ctx.write(({ db }) => returnAttempts(db, attempt))
  return account
}
