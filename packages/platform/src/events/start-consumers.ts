import type { Envelope } from '@ai-crm/contracts'
import { bulkhead } from 'cockatiel'
import type { Bus, Stoppable, Subscription } from '../adapters.ts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import type { ServiceDefinition } from '../service.ts'
import { BatchQueue } from './batch-queue.ts'
import { deliverBatch } from './deliver-batch.ts'
import type { Delivery } from './deliver-event.ts'
import { failureFields } from './describe-failure.ts'
import { KnownEvents } from './known-events.ts'
import type { RelayConnection } from './relay-connection.ts'
import { retryDueEvents } from './retry-parked.ts'
import { WakeSignal } from './wake-signal.ts'

const POLL_MS = 1_000
/** Batches of one service in work at once, of different organisations: each holds a database connection, and requests need some too. */
const CONCURRENT_BATCHES = 6
/** Events in one transaction: it stays well below the time that others wait for a row. */
const MAX_BATCH = 128
const STOP_MS = 20_000

/** What the service wants to hear of: declared for all services at boot, on every process. */
export const subscriptionOf = (definition: ServiceDefinition): Subscription => ({
  service: definition.name,
  eventTypes: [...new Set(definition.consumers.map((consumer) => consumer.event.type))],
})

export interface ConsumersOptions {
  readonly runtime: ServiceRuntime
  readonly bus: Bus
  readonly connection: RelayConnection
}
export interface RunningConsumers extends Stoppable {
  /** Handles an event as if the bus had brought it. */
  deliver(envelope: Envelope): Promise<void>
  /** Looks for parked events now (a redrive). */
  wake(): void
}

/**
 * Connects the consumers of a service to the bus and retries what they have parked. `stop` takes no more events
 * and waits up to 20 s for those in work.
 */
export async function startConsumers({ runtime, bus, connection }: ConsumersOptions): Promise<RunningConsumers> {
  const stopping = new AbortController()
  const killing = new AbortController()
  const signal = new WakeSignal()
  const delivery: Delivery = {
    runtime,
    known: new KnownEvents(runtime.definition.consumers),
    signal: killing.signal,
    onParked: (retryInMs) => void setTimeout(() => signal.ring(), retryInMs).unref(),
  }
  // The bus bounds what waits here: the relay's or the broker's window.
  const slots = bulkhead(CONCURRENT_BATCHES, Number.POSITIVE_INFINITY)
  const batches = new BatchQueue<Envelope>(MAX_BATCH, (batch) =>
    slots.execute(async () => {
      if (stopping.signal.aborted) throw new Error(`${runtime.definition.name} is stopping; its events wait for its next start.`)
      return deliverBatch(delivery, batch)
    }),
  )
  // One organisation's events keep their order and share transactions; no organisation waits for another's.
  const deliver = (envelope: Envelope) => batches.add(envelope.organizationId, envelope)
  const subscription = runtime.definition.consumers.length > 0 ? await bus.subscribe(runtime.definition.name, deliver) : null
  connection.onWake(() => signal.ring())
  const retrying = retryUntil(stopping.signal, signal, delivery, connection)

  return {
    deliver,
    wake: () => signal.ring(),
    async stop() {
      stopping.abort()
      signal.ring()
      const killTimer = setTimeout(() => killing.abort(new Error('The service stops.')), STOP_MS)
      await Promise.all([subscription?.stop(), retrying])
      clearTimeout(killTimer)
    },
  }
}

async function retryUntil(stopping: AbortSignal, signal: WakeSignal, delivery: Delivery, connection: RelayConnection): Promise<void> {
  while (!stopping.aborted) {
    try {
      const retried = connection.session === 0 ? 0 : await retryDueEvents(delivery, connection)
      if (retried === 0) await signal.wait(POLL_MS)
    } catch (error) {
      delivery.runtime.log.warn(failureFields(error), 'parked events were not retried')
      await signal.wait(POLL_MS)
    }
  }
}
