import { setImmediate } from 'node:timers/promises'
import type { Envelope } from '@ai-crm/contracts'
import type { Connection, Publisher } from 'rabbitmq-client'
import type { Topology } from './topology.ts'

/** A broker that does not confirm by then is treated as away; a repeat is absorbed by the inboxes. */
const CONFIRM_TIMEOUT_MS = 30_000

/** Publishes with confirms: persistent, and mandatory where somebody subscribes. */
export class ConfirmedPublisher {
  readonly #publisher: Publisher
  readonly #topology: Topology
  /** Ids of messages that came back. A return precedes the confirm of its message (AMQP 0-9-1, RabbitMQ confirms). */
  readonly #returned = new Set<string>()

  constructor(connection: Connection, topology: Topology) {
    this.#topology = topology
    this.#publisher = connection.createPublisher({ confirm: true })
    this.#publisher.on('basic.return', ({ messageId }) => {
      if (messageId) this.#returned.add(messageId)
    })
  }

  /** Resolves when every queue that the event belongs to has it on disk; rejects when it came back or was refused. */
  async publish(envelope: Envelope, mandatory: boolean): Promise<void> {
    const sent = this.#publisher.send(
      {
        exchange: this.#topology.exchange,
        routingKey: this.#topology.routingKey(envelope),
        mandatory,
        durable: true,
        messageId: envelope.id,
        type: envelope.type,
        contentType: 'application/json',
        headers: envelope.trace ? { traceparent: envelope.trace } : {},
      },
      Buffer.from(JSON.stringify(envelope)),
    )
    await withTimeout(sent, CONFIRM_TIMEOUT_MS)
    // The client emits a return one turn of the event loop after it arrived, so after the confirm that followed it.
    if (mandatory) await setImmediate()
    if (this.#returned.delete(envelope.id)) throw new UnroutableEvent(envelope)
  }

  close(): Promise<void> {
    return this.#publisher.close()
  }
}

/** Somebody subscribes, and yet no queue took it: the topology is damaged. */
export class UnroutableEvent extends Error {
  constructor(envelope: Envelope) {
    super(`No queue took ${envelope.type} ${envelope.id}.`)
    this.name = 'UnroutableEvent'
  }
}

async function withTimeout(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`RabbitMQ did not confirm within ${timeoutMs} ms.`)), timeoutMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
