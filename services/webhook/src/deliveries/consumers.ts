import { publicEvents, toPublicEvent, type Envelope, type EventDefinition } from '@ai-crm/contracts'
import { sql, type SqlBool } from 'kysely'
import { webhook, type Scope } from '../ctx.ts'
import { planSending } from './delivery-jobs.ts'

/** One consumer for all public events: the catalogue says which they are. */
export const deliveryConsumers = publicEvents.map((event) =>
  webhook.consume({ name: 'webhook.plan-deliveries', event, handle: (scope, envelope) => planDeliveries(scope, event, envelope) }),
)

/** A delivery for every webhook that asked for this type. The text is fixed here: all attempts send the same bytes. */
async function planDeliveries({ db, enqueue }: Scope, definition: EventDefinition, envelope: Envelope): Promise<void> {
  const subscribed = await db
    .selectFrom('subscription')
    .select(['id', 'failingSince'])
    .where('isEnabled', '=', true)
    .where('deletedAt', 'is', null)
    .where(sql<SqlBool>`event_types @> array[${envelope.type}]::text[]`)
    .execute()
  if (subscribed.length === 0) return
  const payload = JSON.stringify(toPublicEvent(definition, envelope))
  await db
    .insertInto('delivery')
    .values(subscribed.map(({ id }) => ({ subscriptionId: id, eventId: envelope.id, eventType: envelope.type, payload })))
    .onConflict((conflict) => conflict.columns(['organizationId', 'subscriptionId', 'eventId']).doNothing())
    .execute()
  for (const subscription of subscribed) await planSending({ enqueue }, subscription)
}
