import { sql } from 'kysely'
import { takeMail } from '../budgets/take-mail.ts'
import type { Ctx } from '../ctx.ts'
import { linkDigest, newLinkToken, secretLink } from '../links/link-token.ts'
import { mailExistingAccount } from '../system-mails/mail-existing-account.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'

/** Writes to the address of the newest sign-up of a browser: its link, or that there is an account already. */
export async function mailSignUp(ctx: Ctx, { email, device }: { email: string; device: string }): Promise<void> {
  await ctx.write(async (scope) => {
    const { db } = scope
    const pending = await db
      .selectFrom('pendingSignUp')
      .select(['id', 'name', 'organizationName', 'locale', 'expiresAt'])
      .where('email', '=', email)
      .where('deviceDigest', '=', Buffer.from(device, 'hex'))
      .where('expiresAt', '>', sql<Date>`now()`)
      .orderBy('createdAt', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (!pending || !(await takeMail(ctx, db, email))) return
    const account = await db.selectFrom('userAccount').select('locale').where('email', '=', email).executeTakeFirst()
    if (account) return mailExistingAccount(ctx, scope, email, account.locale)

    const token = newLinkToken()
    await db
      .updateTable('pendingSignUp')
      .set({ linkDigest: linkDigest(token) })
      .where('id', '=', pending.id)
      .execute()
    const { name, organizationName, locale, expiresAt } = pending
    const link = secretLink(ctx.config, '/sign-up/confirm', token)
    const parameters = { name, organizationName, link, expiresAt: expiresAt.toISOString() }
    await requestSystemMail(ctx, scope, { to: email, template: 'verify-email', locale, parameters })
  })
}
