import type { WriteScope } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import type { Tables } from '../tables.ts'
import { deviceOf } from './session-view.ts'

type Warned = 'new-device-sign-in' | 'session-reuse-detected'

/** Tells the person by mail what happened with one of their sessions, with the link to where they can end it. */
export async function warnPerson(ctx: Ctx, scope: WriteScope<Tables>, userId: string, template: Warned): Promise<void> {
  const person = await scope.db.selectFrom('userAccount').select(['email', 'name', 'locale']).where('id', '=', userId).executeTakeFirst()
  if (!person) return
  const { client } = scope.origin
  const common = {
    name: person.name,
    at: new Date().toISOString(),
    device: describeDevice(client?.userAgent ?? ''),
    link: pageLink(ctx.config, '/settings/sessions'),
  }
  const addressed = { to: person.email, locale: person.locale }
  if (template === 'new-device-sign-in')
    await requestSystemMail(ctx, scope, { ...addressed, template, parameters: { ...common, place: client?.address ?? null } })
  else await requestSystemMail(ctx, scope, { ...addressed, template, parameters: common })
}

/** `Firefox, Windows`; what the browser did not say is left out. */
export function describeDevice(userAgent: string): string {
  const { browser, system } = deviceOf(userAgent)
  return [browser, system].filter((part) => part !== null).join(', ') || '?'
}
