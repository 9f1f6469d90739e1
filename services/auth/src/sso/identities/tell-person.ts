import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../../ctx.ts'
import { pageLink } from '../../links/link-token.ts'
import { describeDevice } from '../../sessions/warn-person.ts'
import { requestSystemMail } from '../../system-mails/request-system-mail.ts'
import type { Tables } from '../../tables.ts'

export const PROVIDER_NAMES = { google: 'Google', microsoft: 'Microsoft' } as const

interface Change {
  readonly userId: string
  readonly template: 'identity-linked' | 'identity-unlinked'
  /** As people call it. */
  readonly provider: string
  /** The address that the provider knows the person by. */
  readonly account: string
}

/** By mail, with the change: whoever did not connect the two, or take them apart, learns of it. */
export async function tellOfIdentity(ctx: Ctx, scope: WriteScope<Tables>, { userId, template, provider, account }: Change): Promise<void> {
  const person = await scope.db.selectFrom('userAccount').select(['email', 'name', 'locale']).where('id', '=', userId).executeTakeFirstOrThrow()
  const device = describeDevice(scope.origin.client?.userAgent ?? '')
  const parameters = { name: person.name, at: new Date().toISOString(), provider, account, device, link: pageLink(ctx.config, '/settings/security') }
  await requestSystemMail(ctx, scope, { to: person.email, locale: person.locale, template, parameters })
}
