import type { Locale } from '@ai-crm/contracts'
import type { Ctx, Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { requestSystemMail } from './request-system-mail.ts'

/** To the owner of an address that somebody wanted to use for another account. */
export async function mailExistingAccount(ctx: Ctx, scope: Pick<Scope, 'emit'>, to: string, locale: Locale): Promise<void> {
  const parameters = { link: pageLink(ctx.config, '/sign-in'), resetLink: pageLink(ctx.config, '/forgot-password') }
  await requestSystemMail(ctx, scope, { to, template: 'sign-up-with-existing-account', locale, parameters })
}
