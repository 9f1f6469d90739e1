import type { Envelope, ServiceName } from '@ai-crm/contracts'
import type { Bus } from '../adapters.ts'
import { AggregateLanes } from './aggregate-lanes.ts'

/**
 * The bus of a process that runs everything: an event is durable with its consumers once they have committed or
 * parked it, so `publish` resolves then. What is not published stays in the outbox, whose relay tries again.
 */
export function createInProcessBus(): Bus {
  const servicesByType = new Map<string, Set<ServiceName>>()
  const subscribers = new Map<ServiceName, Subscriber>()

  async function deliverTo(service: ServiceName, envelope: Envelope): Promise<void> {
    const subscriber = subscribers.get(service)
    if (!subscriber) throw new Error(`${service} consumes ${envelope.type} but is not running in this process.`)
    await subscriber.take(envelope)
  }

  return {
    async declare(subscriptions) {
      for (const { service, eventTypes } of subscriptions)
        for (const type of eventTypes) servicesByType.set(type, (servicesByType.get(type) ?? new Set()).add(service))
    },

    async publish(envelope) {
      const services = [...(servicesByType.get(envelope.type) ?? [])]
      const deliveries = await Promise.allSettled(services.map((service) => deliverTo(service, envelope)))
      const failed = deliveries.find((delivery) => delivery.status === 'rejected')
      if (failed) throw failed.reason
    },

    async subscribe(service, deliver) {
      if (subscribers.has(service)) throw new Error(`${service} is subscribed already: one process runs a service once.`)
      const subscriber = new Subscriber(service, deliver)
      subscribers.set(service, subscriber)
      return {
        async stop() {
          if (subscribers.get(service) === subscriber) subscribers.delete(service)
          await subscriber.stop()
        },
      }
    },

    isHealthy: () => true,
    async close() {
      await Promise.all([...subscribers.values()].map((subscriber) => subscriber.stop()))
      subscribers.clear()
    },
  }
}

class Subscriber {
  readonly #service: ServiceName
  readonly #deliver: (envelope: Envelope) => Promise<void>
  readonly #lanes = new AggregateLanes()
  readonly #running = new Set<Promise<void>>()
  #isStopped = false

  constructor(service: ServiceName, deliver: (envelope: Envelope) => Promise<void>) {
    this.#service = service
    this.#deliver = deliver
  }

  take(envelope: Envelope): Promise<void> {
    return this.#lanes.run(envelope.aggregate.id, () => this.#handle(envelope))
  }

  /** What has not begun is refused and stays in the outbox; resolves when what runs has finished. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await Promise.allSettled(this.#running)
  }

  async #handle(envelope: Envelope): Promise<void> {
    if (this.#isStopped) throw new Error(`${this.#service} no longer consumes ${envelope.type} in this process.`)
    const handling = this.#deliver(envelope)
    this.#running.add(handling)
    try {
      await handling
    } finally {
      this.#running.delete(handling)
    }
  }
}
