import type { HttpExchange } from '@ai-crm/platform'
import { v7 as uuidv7 } from 'uuid'
import { takeMail } from '../budgets/take-mail.ts'
import { takeRequest } from '../budgets/take-request.ts'
import type { Ctx, PublicCtx } from '../ctx.ts'
import { makeLink } from '../links/account-link.ts'
import { pageLink, secretLink } from '../links/link-token.ts'
import { findCapture } from '../sso/policy/captured.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import { sendResetMail } from './account-jobs.ts'

/** Plans the mail. Does not look whether there is an account: see sign-up.ts. */
export async function requestPasswordReset(publicCtx: PublicCtx, email: string, http: HttpExchange): Promise<void> {
  await takeRequest(publicCtx, 'reset', email, http.clientAddress)
  // By the domain alone, like the answer of signing in.
  const isSsoEnforced = (await findCapture(publicCtx, email))?.isEnforced ?? false
  await publicCtx.enter(uuidv7(), { type: 'system', id: null }).write(({ enqueue }) => enqueue(sendResetMail, { email, isSsoEnforced }))
}

/** To whoever has a password: who signs in by single sign-on alone cannot get one this way. */
export async function mailReset(ctx: Ctx, { email, isSsoEnforced }: { email: string; isSsoEnforced: boolean }): Promise<void> {
  await ctx.write(async (scope) => {
    const account = await scope.db
      .selectFrom('userAccount')
      .innerJoin('passwordCredential', 'passwordCredential.userId', 'userAccount.id')
      .select(['userAccount.id', 'userAccount.name', 'userAccount.locale'])
      .where('userAccount.email', '=', email)
      .executeTakeFirst()
    if (!account || !(await takeMail(ctx, scope.db, email))) return
    const { token, expiresAt } = await makeLink(scope.db, { purpose: 'reset-password', userId: account.id })
    const { name, locale } = account
    const link = secretLink(ctx.config, '/reset-password', token)
    const addressed = { to: email, locale }
    if (!isSsoEnforced) return requestSystemMail(ctx, scope, { ...addressed, template: 'reset-password', parameters: { name, link, expiresAt } })
    const parameters = { name, link: pageLink(ctx.config, '/sign-in'), resetLink: link, expiresAt }
    await requestSystemMail(ctx, scope, { ...addressed, template: 'sign-in-by-sso', parameters })
  })
}
