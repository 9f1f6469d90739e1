import type { Envelope, EventData, webhookCreated, webhookUpdated } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { withoutQuery } from './address-in-mail.ts'
import { tellOfAccess } from './tell-of-access.ts'

export const tellOfWebhook = (scope: Scope, { actor: by, occurredAt: at, data }: Envelope<EventData<typeof webhookCreated>>): Promise<void> =>
  tellOfAccess(scope, scope, { kind: 'webhook', what: withoutQuery(data.url), by, at, page: `/settings/webhooks/${data.webhookId}` })

/** One that leads elsewhere is as good as a new one. */
export async function tellOfNewAddress(scope: Scope, { actor: by, occurredAt: at, data }: Envelope<EventData<typeof webhookUpdated>>): Promise<void> {
  const { webhookId, changes } = data
  if (!changes.url) return
  await tellOfAccess(scope, scope, { kind: 'webhook-address', what: withoutQuery(changes.url.to), by, at, page: `/settings/webhooks/${webhookId}` })
}
