import { publicEvents, toPublicEvent, type Envelope, type EventDefinition } from '@ai-crm/contracts'
import { definePromptGathering } from '@ai-crm/platform'
import { sql } from 'kysely'
import { webhook, type Scope } from '../ctx.ts'
import { planSending } from './delivery-jobs.ts'

/** One consumer for all public events: the catalogue says which they are. */
export const deliveryConsumers = publicEvents.map((event) =>
  webhook.consume({
    name: 'webhook.plan-deliveries',
    event,
    handle: async (scope, envelope) => scope.gather(HAPPENED, { scope, definition: event, envelope }),
  }),
)

interface Happened {
  readonly scope: Pick<Scope, 'gather' | 'enqueue'>
  readonly definition: EventDefinition
  readonly envelope: Envelope
}

interface Subscribed {
  readonly id: string
  readonly failingSince: Date | null
  readonly eventType: string
}

/** Who wants to hear of what happened, asked once for all of it. */
const HAPPENED = definePromptGathering<Happened, Subscribed>({
  statementOf: (happened) => sql<Subscribed>`
    select subscription.id, subscription.failing_since as "failingSince", given.type as "eventType"
      from unnest(${[...new Set(happened.map(({ envelope }) => envelope.type))]}::text[]) as given (type)
      join subscription on subscription.event_types @> array[given.type]
     where subscription.is_enabled and subscription.deleted_at is null`,
  async onStored(subscribed, happened) {
    for (const each of happened) await planDeliveries(each, subscribed)
  },
})

interface Planned {
  readonly subscriptionId: string
  readonly envelope: Envelope
  readonly payload: string
}

const DELIVERIES = definePromptGathering<Planned>({
  sizeOf: ({ payload }) => payload.length,
  statementOf: (planned) => sql`
    insert into delivery (subscription_id, event_id, event_type, payload)
    select * from unnest(${planned.map(({ subscriptionId }) => subscriptionId)}::uuid[], ${planned.map(({ envelope }) => envelope.id)}::uuid[],
      ${planned.map(({ envelope }) => envelope.type)}::text[], ${planned.map(({ payload }) => payload)}::text[])
    on conflict (organization_id, subscription_id, event_id) do nothing`,
})

/** A delivery for every webhook that asked for this type. The text is fixed here: all attempts send the same bytes. */
async function planDeliveries({ scope, definition, envelope }: Happened, subscribed: readonly Subscribed[]): Promise<void> {
  const wanting = subscribed.filter(({ eventType }) => eventType === envelope.type)
  if (wanting.length === 0) return
  const payload = JSON.stringify(toPublicEvent(definition, envelope))
  for (const subscription of wanting) {
    scope.gather(DELIVERIES, { subscriptionId: subscription.id, envelope, payload })
    await planSending(scope, subscription)
  }
}
