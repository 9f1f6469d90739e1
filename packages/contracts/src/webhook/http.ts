import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'

const MAX_EVENT_TYPES = 100

export const Webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(z.string()),
  isEnabled: z.boolean(),
  /** Why it is off: a person switched it off, the receiver answered 410, or it failed for three days. Null while it is on. */
  disabledReason: z.enum(['person', 'gone', 'failing']).nullable(),
  disabledAt: Instant.nullable(),
  /** The first failure since the last success; null while all is well. */
  failingSince: Instant.nullable(),
  lastDeliveredAt: Instant.nullable(),
  /** Until when the secret before the current one signs as well; null when there is one secret only. */
  previousSecretUntil: Instant.nullable(),
  createdAt: Instant,
  version: z.number().int(),
})
export type Webhook = z.infer<typeof Webhook>

/** The only time that the secret is shown. */
export const WebhookSecret = z.object({ webhook: Webhook, secret: z.string() })
export type WebhookSecret = z.infer<typeof WebhookSecret>

const Url = z.string().trim().min(1).max(2_048)
const Description = z.string().trim().max(200)
/** Of the public events; one that is none is refused. */
const EventTypes = z.array(Line(100)).min(1).max(MAX_EVENT_TYPES)

export const CreateWebhook = z.strictObject({ url: Url, description: Description.default(''), eventTypes: EventTypes })
export type CreateWebhook = z.infer<typeof CreateWebhook>
export const UpdateWebhook = z.strictObject({
  url: Url.optional(),
  description: Description.optional(),
  eventTypes: EventTypes.optional(),
  isEnabled: z.boolean().optional(),
})
export type UpdateWebhook = z.infer<typeof UpdateWebhook>

/** pending → sending → delivered | waiting | failed; waiting → sending. See services/webhook/src/deliveries/delivery.ts. */
export const WebhookDeliveryState = z.enum(['pending', 'sending', 'delivered', 'waiting', 'failed'])
export type WebhookDeliveryState = z.infer<typeof WebhookDeliveryState>

/** Why an attempt failed. `status` is an answer that is not 2xx; the others say where the call ended. */
export const WebhookFailure = z.enum(['status', 'gone', 'url', 'address', 'name', 'connect', 'tls', 'timeout', 'too-large', 'redirect', 'protocol', 'interrupted'])
export type WebhookFailure = z.infer<typeof WebhookFailure>

export const WebhookAttempt = z.object({
  number: z.number().int(),
  startedAt: Instant,
  durationMs: z.number().int(),
  /** Of the answer; null when none came. */
  status: z.number().int().nullable(),
  failure: WebhookFailure.nullable(),
  /** The beginning of the answer, at most 1 KB, as text that somebody else wrote. */
  excerpt: z.string(),
})
export type WebhookAttempt = z.infer<typeof WebhookAttempt>

export const WebhookDelivery = z.object({
  /** The header webhook-id: the same in every attempt. */
  messageId: z.string(),
  id: z.uuid(),
  webhookId: z.uuid(),
  eventId: z.uuid(),
  eventType: z.string(),
  state: WebhookDeliveryState,
  attempts: z.number().int(),
  lastStatus: z.number().int().nullable(),
  /** Also `disabled`: the webhook was switched off before it left. */
  failure: z.union([WebhookFailure, z.literal('disabled')]).nullable(),
  nextAttemptAt: Instant.nullable(),
  deliveredAt: Instant.nullable(),
  createdAt: Instant,
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

export const WebhookDeliveryDetail = WebhookDelivery.extend({ payload: z.string(), attemptLog: z.array(WebhookAttempt).max(100) })
export type WebhookDeliveryDetail = z.infer<typeof WebhookDeliveryDetail>

const webhookParams = idParams('webhookId')
const deliveryParams = idParams('deliveryId')

export const webhookEndpoints = defineEndpoints('webhook', {
  listWebhooks: {
    method: 'GET', path: '/webhooks', summary: 'Webhooks, newest first',
    access: 'webhook.subscription.read', idempotency: 'safe', query: PageQuery, response: pageOf(Webhook), status: 200,
  },
  getWebhook: {
    method: 'GET', path: '/webhooks/:webhookId', summary: 'Read one webhook',
    access: 'webhook.subscription.read', idempotency: 'safe', params: webhookParams, response: Webhook, status: 200, concurrency: 'etag',
  },
  createWebhook: {
    method: 'POST', path: '/webhooks', summary: 'Create a webhook; the answer is the only one that shows its secret. At most one per URL: a repeat is refused with 409',
    // exempt: the answer has a secret, which must not be stored for replays. One webhook per URL protects instead.
    access: 'webhook.subscription.manage', stepUp: 'unless-key', idempotency: 'exempt', body: CreateWebhook, response: WebhookSecret, status: 201, cost: 5,
  },
  updateWebhook: {
    method: 'PATCH', path: '/webhooks/:webhookId', summary: 'Change a webhook, switch it off or on again',
    access: 'webhook.subscription.manage', idempotency: 'key', params: webhookParams, body: UpdateWebhook, response: Webhook, status: 200, concurrency: 'if-match',
  },
  deleteWebhook: {
    method: 'DELETE', path: '/webhooks/:webhookId', summary: 'Delete a webhook and its log',
    access: 'webhook.subscription.manage', idempotency: 'natural', params: webhookParams, status: 204,
  },
  rotateWebhookSecret: {
    method: 'POST', path: '/webhooks/:webhookId/rotate-secret', summary: 'Make a new secret, shown once; the old one signs as well for another day',
    // exempt: the answer has a secret, which must not be stored for replays. If-Match protects: a repeat finds another version.
    access: 'webhook.subscription.manage', stepUp: 'unless-key', idempotency: 'exempt', params: webhookParams, response: WebhookSecret, status: 200, concurrency: 'if-match', cost: 5,
  },
  pingWebhook: {
    method: 'POST', path: '/webhooks/:webhookId/ping', summary: 'Send a webhook.ping and look in the log how it went',
    access: 'webhook.subscription.manage', idempotency: 'key', params: webhookParams, response: WebhookDelivery, status: 202, cost: 10,
  },
  listWebhookDeliveries: {
    method: 'GET', path: '/webhooks/:webhookId/deliveries', summary: 'Deliveries of the last 30 days, newest first',
    access: 'webhook.subscription.read', idempotency: 'safe', params: webhookParams,
    query: PageQuery.extend({ state: WebhookDeliveryState.optional(), eventType: z.string().max(100).optional() }), response: pageOf(WebhookDelivery), status: 200,
  },
  getWebhookDelivery: {
    method: 'GET', path: '/webhook-deliveries/:deliveryId', summary: 'One delivery with its payload and attempts',
    access: 'webhook.subscription.read', idempotency: 'safe', params: deliveryParams, response: WebhookDeliveryDetail, status: 200,
  },
  redeliverWebhook: {
    method: 'POST', path: '/webhook-deliveries/:deliveryId/redeliver', summary: 'Send a delivery again, under the same webhook-id',
    access: 'webhook.subscription.manage', idempotency: 'key', params: deliveryParams, response: WebhookDelivery, status: 202, cost: 5,
  },
  redeliverFailed: {
    method: 'POST', path: '/webhooks/:webhookId/redeliver-failed', summary: 'Send again all that failed since a moment, in the background, a hundred every few seconds',
    access: 'webhook.subscription.manage', idempotency: 'key', params: webhookParams, body: z.strictObject({ since: Instant }), status: 202,
    response: z.object({ count: z.number().int() }), cost: 20,
  },
})
