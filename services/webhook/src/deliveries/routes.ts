import { webhookEndpoints } from '@ai-crm/contracts'
import { webhook } from '../ctx.ts'
import { getDelivery, listDeliveries } from './list-deliveries.ts'
import { redeliver, redeliverFailed } from './redeliver.ts'

export const deliveryRoutes = [
  webhook.handle(webhookEndpoints.listWebhookDeliveries, (ctx, { params, query }) => listDeliveries(ctx, params.webhookId, query)),
  webhook.handle(webhookEndpoints.getWebhookDelivery, (ctx, { params }) => getDelivery(ctx, params.deliveryId)),
  webhook.handle(webhookEndpoints.redeliverWebhook, (ctx, { params }) => redeliver(ctx, params.deliveryId)),
  webhook.handle(webhookEndpoints.redeliverFailed, (ctx, { params, body }) => redeliverFailed(ctx, params.webhookId, body.since)),
]
