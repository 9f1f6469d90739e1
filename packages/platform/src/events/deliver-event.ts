import type { Envelope } from '@ai-crm/contracts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import type { Consumer } from '../service.ts'
import { consumerDuration } from '../telemetry/metrics.ts'
import { failureFields, reasonOf } from './describe-failure.ts'
import { handleDelivered } from './handle-event.ts'
import type { KnownEvents } from './known-events.ts'
import { parkEvent } from './park-event.ts'
import { retryDelayMs, type Parking } from './parked-event.ts'

/** Under this name a service keeps events that none of its consumers can be asked about. */
export const unknownConsumer = (service: string): string => `${service}.unknown-event`

export interface Delivery {
  readonly runtime: ServiceRuntime
  readonly known: KnownEvents
  readonly signal: AbortSignal
  /** Called after an event was parked, with the time until its next attempt. */
  readonly onParked: (retryInMs: number) => void
}

/**
 * Brings one event to every consumer of the service that wants it. Resolves when each has committed, had done so
 * before, or has the event parked: then it is safe with us and the bus may forget it. Rejects when not even
 * parking works (the database is away): the bus delivers again.
 */
export async function deliverEvent(delivery: Delivery, envelope: Envelope): Promise<void> {
  const { runtime, known } = delivery
  if (!known.has(envelope))
    return parkAs(delivery, {
      consumer: unknownConsumer(runtime.definition.name),
      envelope,
      reason: 'Unknown event type or version',
      attempts: 0,
      retryInMs: null,
    })
  const consumers = runtime.definition.consumers.filter(({ event }) => event.type === envelope.type && event.version === envelope.version)
  const results = await Promise.allSettled(consumers.map((consumer) => deliverTo(delivery, consumer, envelope)))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
}

async function deliverTo(delivery: Delivery, consumer: Consumer, envelope: Envelope): Promise<void> {
  const verdict = delivery.known.read(envelope)
  if (verdict.kind === 'unreadable') return parkAs(delivery, { consumer: consumer.name, envelope, reason: verdict.reason, attempts: 0, retryInMs: null })

  const stopTimer = consumerDuration.startTimer({ consumer: consumer.name })
  try {
    const outcome = await handleDelivered({ ...delivery, consumer, envelope: verdict.envelope })
    if (outcome === 'behind')
      await parkAs(delivery, {
        consumer: consumer.name,
        envelope,
        reason: 'Waits for an earlier event of the same aggregate, or for a projection that is being rebuilt',
        attempts: 0,
        retryInMs: 0,
      })
    stopTimer({ outcome: outcome === 'handled' ? 'done' : outcome === 'behind' ? 'parked' : outcome })
  } catch (error) {
    // Cut off by our own end: nobody's fault, so no attempt is charged and the bus delivers it again.
    if (delivery.signal.aborted) throw error
    delivery.runtime.log.warn(
      { consumer: consumer.name, eventId: envelope.id, eventType: envelope.type, attempt: 1, ...failureFields(error) },
      'consumer failed',
    )
    await parkAs(delivery, { consumer: consumer.name, envelope, reason: reasonOf(error), attempts: 1, retryInMs: retryDelayMs(1) })
    stopTimer({ outcome: 'parked' })
  }
}

async function parkAs(delivery: Delivery, parking: Parking): Promise<void> {
  await parkEvent(delivery.runtime, parking)
  if (parking.retryInMs !== null) return delivery.onParked(parking.retryInMs)
  delivery.runtime.log.error(
    { consumer: parking.consumer, eventId: parking.envelope.id, eventType: parking.envelope.type, reason: 'unreadable' },
    'event is a dead letter',
  )
}
