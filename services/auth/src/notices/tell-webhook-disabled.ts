import type { EventData, webhookDisabled } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import { withoutQuery } from './address-in-mail.ts'
import { findPermitted } from './find-permitted.ts'

/** Tells everybody who can switch it on again, each in their language. */
export async function tellWebhookDisabled(scope: Scope, { data }: { data: EventData<typeof webhookDisabled> }): Promise<void> {
  const { webhookId, url, reason, failingSince } = data
  const organization = await scope.db.selectFrom('organization').select('name').executeTakeFirst()
  if (!organization) return
  const common = {
    organizationName: organization.name,
    url: withoutQuery(url),
    reason,
    failingSince,
    link: pageLink(scope.config, `/settings/webhooks/${webhookId}`),
  }
  for (const { name, email, locale } of await findPermitted(scope.db, 'webhook.subscription.manage'))
    await requestSystemMail(scope, scope, { to: email, template: 'webhook-disabled', locale, parameters: { ...common, name } })
}
