import type { ResetPassword } from '@ai-crm/contracts'
import type { HttpExchange } from '@ai-crm/platform'
import type { PublicCtx } from '../ctx.ts'
import { knowDevice } from '../factors/challenges/known-device.ts'
import { findLink, useLink } from '../links/account-link.ts'
import { linkOver } from '../links/errors.ts'
import { refuseCommonPassword } from '../passwords/common-passwords.ts'
import { hashPassword } from '../passwords/hash-password.ts'
import { digestOf, newRefreshToken } from '../sessions/refresh-token.ts'
import { readSessionCookies, rememberDevice } from '../sessions/session-cookies.ts'
import { enterFor } from './organization-of.ts'
import { setPassword } from './set-password.ts'

/**
 * A new password by the secret of the mail. Signs nobody in: whatever else signing in asks for stays asked. This browser
 * becomes a known one, so that the owner gets in while strangers guess. Throws `linkOver` (410).
 */
export async function resetPassword(publicCtx: PublicCtx, { token, password }: ResetPassword, http: HttpExchange): Promise<void> {
  const link = await findLink(publicCtx.db, 'reset-password', token)
  if (!link) throw linkOver()
  await refuseCommonPassword(password, '/password', [link.currentEmail, link.name])
  const passwordHash = await hashPassword(password)
  const device = readSessionCookies(http).device ?? newRefreshToken()
  const ctx = await enterFor(publicCtx, link.userId)
  const finish = await ctx.write(async (scope) => {
    if (!(await useLink(scope.db, token))) throw linkOver()
    await knowDevice(scope.db, link.userId, digestOf(device))
    return setPassword(ctx, scope, { userId: link.userId, passwordHash, keptSessionId: null, device: http.userAgent || null, kind: 'account.password-reset' })
  })
  rememberDevice(http, device)
  await finish()
}
