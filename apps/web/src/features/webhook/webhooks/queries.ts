import type { Webhook } from '@ai-crm/contracts'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../../lib/api/api.ts'

/** An organisation has at most twenty: one page. */
const MOST = 50

export const webhooksQuery = queryOptions({
  queryKey: ['webhook', 'webhooks'],
  queryFn: ({ signal }) => api.webhook.listWebhooks({ query: { limit: MOST }, signal }),
})

export const webhookQuery = (webhookId: string) =>
  queryOptions({
    queryKey: ['webhook', 'webhooks', webhookId],
    queryFn: ({ signal }) => api.webhook.getWebhook({ params: { webhookId }, signal }),
  })

/** new | working | failing while it is on; off (by a person) | broken (by us) while it is not. */
export type WebhookHealth = 'new' | 'working' | 'failing' | 'off' | 'broken'

export function healthOf({ isEnabled, disabledReason, failingSince, lastDeliveredAt }: Webhook): WebhookHealth {
  if (!isEnabled) return disabledReason === 'person' ? 'off' : 'broken'
  if (failingSince !== null) return 'failing'
  return lastDeliveredAt === null ? 'new' : 'working'
}
