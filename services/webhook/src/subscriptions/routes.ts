import { webhookEndpoints } from '@ai-crm/contracts'
import { webhook } from '../ctx.ts'
import { createWebhook } from './create-webhook.ts'
import { deleteWebhook } from './delete-webhook.ts'
import { getWebhook } from './get-webhook.ts'
import { listWebhooks } from './list-webhooks.ts'
import { pingWebhook } from './ping-webhook.ts'
import { rotateSecret } from './rotate-secret.ts'
import { updateWebhook } from './update-webhook.ts'

export const subscriptionRoutes = [
  webhook.handle(webhookEndpoints.listWebhooks, (ctx, { query }) => listWebhooks(ctx, query)),
  webhook.handle(webhookEndpoints.getWebhook, (ctx, { params }) => getWebhook(ctx, params.webhookId)),
  webhook.handle(webhookEndpoints.createWebhook, (ctx, { body }) => createWebhook(ctx, body)),
  webhook.handle(webhookEndpoints.updateWebhook, (ctx, { params, body }, http) => updateWebhook(ctx, params.webhookId, http.expectedVersion, body)),
  webhook.handle(webhookEndpoints.deleteWebhook, (ctx, { params }) => deleteWebhook(ctx, params.webhookId)),
  webhook.handle(webhookEndpoints.rotateWebhookSecret, (ctx, { params }, http) => rotateSecret(ctx, params.webhookId, http.expectedVersion)),
  webhook.handle(webhookEndpoints.pingWebhook, (ctx, { params }) => pingWebhook(ctx, params.webhookId)),
]
