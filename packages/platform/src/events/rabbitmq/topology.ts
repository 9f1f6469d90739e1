import type { Envelope, ServiceName } from '@ai-crm/contracts'
import type { Connection } from 'rabbitmq-client'
import type { Subscription } from '../../adapters.ts'
import { partitionOf } from '../partition.ts'

/** Queues per consuming service: the most replicas of it that can share its events. */
export const QUEUES_PER_SERVICE = 4

/** More than any crash needs: with prefetch every unacknowledged message of a crashed consumer is charged (reliability 1.5). */
const DELIVERY_LIMIT = 50
/** Beyond it the broker refuses and events wait in the outboxes instead of filling its disk. */
const MAX_QUEUE_LENGTH = 1_000_000

/** Names of exchanges and queues; `namespace` keeps installations (and tests) on one broker apart. */
export class Topology {
  readonly exchange: string
  readonly deadExchange: string
  readonly deadQueue: string
  readonly #namespace: string

  constructor(namespace: string) {
    this.#namespace = namespace
    this.exchange = `${namespace}.events`
    this.deadExchange = `${namespace}.dead`
    this.deadQueue = `${namespace}.dead-letters`
  }

  serviceExchange = (service: ServiceName): string => `${this.#namespace}.${service}`
  queue = (service: ServiceName, index: number): string => `${this.#namespace}.${service}.${index}`
  queues = (service: ServiceName): string[] => Array.from({ length: QUEUES_PER_SERVICE }, (_, index) => this.queue(service, index))

  /** `message.received.3`: the type, and the queue of its aggregate. */
  routingKey = (envelope: Envelope): string => `${envelope.type}.${partitionOf(envelope.aggregate.id) % QUEUES_PER_SERVICE}`

  /**
   * events ─(type.*)→ one exchange per consuming service ─(#.n)→ its queues, each a quorum queue with a single
   * active consumer, so that the order of an aggregate holds with any number of replicas. What cannot be read or
   * kills its consumer again and again goes to the dead queue. Idempotent.
   */
  async declare(connection: Connection, subscriptions: readonly Subscription[]): Promise<void> {
    await connection.exchangeDeclare({ exchange: this.exchange, type: 'topic', durable: true })
    await connection.exchangeDeclare({ exchange: this.deadExchange, type: 'fanout', durable: true })
    await connection.queueDeclare({ queue: this.deadQueue, durable: true, arguments: { 'x-queue-type': 'quorum' } })
    await connection.queueBind({ exchange: this.deadExchange, queue: this.deadQueue })
    for (const subscription of subscriptions) if (subscription.eventTypes.length > 0) await this.#declareService(connection, subscription)
  }

  async #declareService(connection: Connection, { service, eventTypes }: Subscription): Promise<void> {
    const exchange = this.serviceExchange(service)
    await connection.exchangeDeclare({ exchange, type: 'topic', durable: true })
    for (const [index, queue] of this.queues(service).entries()) {
      await connection.queueDeclare({ queue, durable: true, arguments: this.#queueArguments() })
      await connection.queueBind({ exchange, queue, routingKey: `#.${index}` })
    }
    // Last, so that no event reaches the service's exchange before its queues do.
    for (const type of eventTypes) await connection.exchangeBind({ source: this.exchange, destination: exchange, routingKey: `${type}.*` })
  }

  #queueArguments(): Record<string, unknown> {
    return {
      'x-queue-type': 'quorum',
      'x-single-active-consumer': true,
      'x-delivery-limit': DELIVERY_LIMIT,
      'x-max-length': MAX_QUEUE_LENGTH,
      'x-overflow': 'reject-publish',
      'x-dead-letter-exchange': this.deadExchange,
      'x-dead-letter-strategy': 'at-least-once',
    }
  }
}
