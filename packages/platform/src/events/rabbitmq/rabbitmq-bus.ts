import type { Envelope, ServiceName } from '@ai-crm/contracts'
import type { Logger } from 'pino'
import { Connection } from 'rabbitmq-client'
import type { Bus, Stoppable, Subscription } from '../../adapters.ts'
import { failureFields } from '../describe-failure.ts'
import { ConfirmedPublisher, UnroutableEvent } from './confirmed-publisher.ts'
import { QueueConsumer } from './queue-consumer.ts'
import { Topology } from './topology.ts'

export interface RabbitBusOptions {
  /** `amqp://user:password@host:port/vhost`. */
  readonly url: string
  readonly log: Logger
  /** Prefix of exchanges and queues: keeps several installations on one broker apart. */
  readonly namespace?: string
}

const HEARTBEAT_SECONDS = 10
const RECONNECT_FIRST_MS = 200
const RECONNECT_LONGEST_MS = 3_000
const DECLARE_TIMEOUT_MS = 15_000

/** The bus between processes. Connects and reconnects for ever; whatever happens to the broker, outbox and inbox keep the promise. */
export function createRabbitBus(options: RabbitBusOptions): Bus {
  return new RabbitBus(options)
}

class RabbitBus implements Bus {
  readonly #connection: Connection
  readonly #topology: Topology
  readonly #publisher: ConfirmedPublisher
  readonly #log: Logger
  readonly #consumers = new Set<QueueConsumer>()
  #subscriptions: readonly Subscription[] = []
  #subscribedTypes: ReadonlySet<string> = new Set()
  /** Of the current connection: a broker that comes back may have lost what was declared. */
  #declaring: Promise<void> | null = null

  constructor({ url, log, namespace = 'ai-crm' }: RabbitBusOptions) {
    this.#log = log
    this.#topology = new Topology(namespace)
    this.#connection = new Connection({
      url,
      heartbeat: HEARTBEAT_SECONDS,
      retryLow: RECONNECT_FIRST_MS,
      retryHigh: RECONNECT_LONGEST_MS,
      acquireTimeout: DECLARE_TIMEOUT_MS,
      // Nagle's algorithm costs 44 ms per hop (performance.md).
      noDelay: true,
      connectionName: `${namespace} ${process.pid}`,
    })
    this.#publisher = new ConfirmedPublisher(this.#connection, this.#topology)
    this.#connection.on('error', (error: unknown) => {
      this.#declaring = null
      log.warn({ dependency: 'rabbitmq', ...failureFields(error) }, 'RabbitMQ is away')
    })
    this.#connection.on('connection', () => log.info({ dependency: 'rabbitmq' }, 'RabbitMQ is connected'))
  }

  /** A broker that is away for 15 s does not keep a process from starting: each publish declares first what is not declared yet. */
  async declare(subscriptions: readonly Subscription[]): Promise<void> {
    this.#subscriptions = subscriptions
    this.#subscribedTypes = new Set(subscriptions.flatMap(({ eventTypes }) => eventTypes))
    this.#declaring = null
    await Promise.allSettled([this.#declared()])
  }

  async publish(envelope: Envelope): Promise<void> {
    await this.#declared()
    try {
      await this.#publisher.publish(envelope, this.#subscribedTypes.has(envelope.type))
    } catch (error) {
      // Somebody removed a queue or a binding: the repeat finds them declared again.
      if (error instanceof UnroutableEvent) this.#declaring = null
      throw error
    }
  }

  async subscribe(service: ServiceName, deliver: (envelope: Envelope) => Promise<void>): Promise<Stoppable> {
    const consumers = this.#topology.queues(service).map((queue) => new QueueConsumer({ connection: this.#connection, queue, deliver, log: this.#log }))
    for (const consumer of consumers) this.#consumers.add(consumer)
    return {
      stop: async () => {
        await Promise.all(consumers.map((consumer) => consumer.stop()))
        for (const consumer of consumers) this.#consumers.delete(consumer)
      },
    }
  }

  isHealthy(): boolean {
    return this.#connection.ready
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()))
    await this.#publisher.close()
    await this.#connection.close()
  }

  #declared(): Promise<void> {
    if (this.#declaring) return this.#declaring
    const declaring = this.#topology.declare(this.#connection, this.#subscriptions)
    this.#declaring = declaring
    declaring.catch((error: unknown) => {
      if (this.#declaring === declaring) this.#declaring = null
      this.#log.warn({ dependency: 'rabbitmq', ...failureFields(error) }, 'queues were not declared')
    })
    return declaring
  }
}
