import type { PublicEvent, WebhookDelivery } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { v7 as uuidV7 } from 'uuid'
import type { Ctx } from '../ctx.ts'
import { toDelivery } from '../deliveries/delivery-row.ts'
import { planSending } from '../deliveries/delivery-jobs.ts'
import { switchedOff } from './errors.ts'
import { subscriptions } from './subscription.ts'

/** A delivery like any other, of an event that nobody else sees. */
export async function pingWebhook(ctx: Ctx, webhookId: string): Promise<WebhookDelivery> {
  return ctx.write(async ({ db, enqueue }) => {
    const subscription = await subscriptions(db).where('id', '=', webhookId).executeTakeFirst()
    if (!subscription) throw notFound('webhook')
    if (!subscription.isEnabled) throw switchedOff()
    const event: PublicEvent = {
      id: uuidV7(),
      type: 'webhook.ping',
      version: 1,
      occurredAt: new Date().toISOString(),
      organizationId: ctx.organizationId,
      data: { webhookId },
    }
    const row = await db
      .insertInto('delivery')
      .values({ subscriptionId: webhookId, eventId: event.id, eventType: event.type, payload: JSON.stringify(event) })
      .returningAll()
      .executeTakeFirstOrThrow()
    await planSending({ enqueue }, subscription)
    return toDelivery(row)
  })
}
