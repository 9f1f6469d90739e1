import type { ChangeEmail } from '@ai-crm/contracts'
import { notFound, type HttpExchange } from '@ai-crm/platform'
import { takeMail } from '../budgets/take-mail.ts'
import type { Ctx } from '../ctx.ts'
import { makeLink } from '../links/account-link.ts'
import { secretLink } from '../links/link-token.ts'
import { mailExistingAccount } from '../system-mails/mail-existing-account.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import { sendNewAddressMail } from './account-jobs.ts'
import { provePassword } from './prove-password.ts'

/** Plans the mail to the new address. Says the same whether or not that has an account. */
export async function changeEmail(ctx: Ctx, { newEmail, currentPassword }: ChangeEmail, http: HttpExchange): Promise<void> {
  const { principal } = http
  if (!principal) throw notFound('member')
  await provePassword(ctx, principal.userId, currentPassword, http)
  await ctx.write(({ enqueue }) => enqueue(sendNewAddressMail, { userId: principal.userId, newEmail }))
}

/** A link to whoever reads the new address; or, where it has an account, that it has. */
export async function mailNewAddress(ctx: Ctx, { userId, newEmail }: { userId: string; newEmail: string }): Promise<void> {
  await ctx.write(async (scope) => {
    const { db } = scope
    const person = await db.selectFrom('userAccount').select(['name', 'locale', 'email']).where('id', '=', userId).executeTakeFirst()
    if (!person || person.email === newEmail || !(await takeMail(ctx, db, newEmail))) return
    const owner = await db.selectFrom('userAccount').select('locale').where('email', '=', newEmail).executeTakeFirst()
    if (owner) return mailExistingAccount(ctx, scope, newEmail, owner.locale)
    const { token, expiresAt } = await makeLink(db, { purpose: 'confirm-email', userId, email: newEmail })
    const parameters = { name: person.name, link: secretLink(ctx.config, '/confirm-email', token), expiresAt }
    await requestSystemMail(ctx, scope, { to: newEmail, template: 'confirm-new-email', locale: person.locale, parameters })
  })
}
