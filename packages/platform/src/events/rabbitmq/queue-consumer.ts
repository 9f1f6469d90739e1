import { Envelope } from '@ai-crm/contracts'
import type { Logger } from 'pino'
import type { AsyncMessage, Channel, Connection } from 'rabbitmq-client'
import { AggregateLanes } from '../aggregate-lanes.ts'
import { backoffMs } from '../backoff.ts'
import { failureFields } from '../describe-failure.ts'
import { pause } from '../pause.ts'

/** Unacknowledged messages per queue: enough to keep handlers busy over a round trip. */
const PREFETCH = 32
const RETRY_FIRST_MS = 100
const RETRY_LONGEST_MS = 5_000

export interface QueueConsumerOptions {
  readonly connection: Connection
  readonly queue: string
  readonly deliver: (envelope: Envelope) => Promise<void>
  readonly log: Logger
}

/**
 * Consumes one queue, in order per aggregate, for as long as it is not stopped, over any number of connections.
 *
 * Nothing is ever put back into the queue: while `deliver` fails (the database is away) the message is held and
 * tried again, and so is what follows it in its aggregate. Stopping closes the channel with what is not begun
 * still on it: the broker then hands all of it, in order, to the next active consumer. (Cancelling first would
 * let another replica begin with later messages.)
 */
export class QueueConsumer {
  readonly #options: QueueConsumerOptions
  readonly #lanes = new AggregateLanes()
  readonly #running = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  readonly #loop: Promise<void>
  #channel: Channel | null = null

  constructor(options: QueueConsumerOptions) {
    this.#options = options
    this.#loop = this.#consumeForever()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.allSettled(this.#running)
    await this.#channel?.close()
    await this.#loop
  }

  async #consumeForever(): Promise<void> {
    for (let attempt = 1; !this.#stopping.signal.aborted; attempt++) {
      try {
        await this.#consumeUntilClosed()
        attempt = 0
      } catch (error) {
        this.#options.log.warn({ queue: this.#options.queue, ...failureFields(error) }, 'queue is not consumed')
      }
      await pause(backoffMs(Math.max(attempt, 1), RETRY_FIRST_MS, RETRY_LONGEST_MS), this.#stopping.signal)
    }
  }

  async #consumeUntilClosed(): Promise<void> {
    const { connection, queue, log } = this.#options
    const channel = await connection.acquire({ emitErrorsFromChannel: true })
    const closed = new Promise<void>((resolve) => channel.once('close', resolve))
    channel.on('error', (error: unknown) => log.warn({ queue, ...failureFields(error) }, 'channel failed'))
    // The queue was deleted: begin anew, which declares nothing but waits until the bus has declared it again.
    channel.on('basic.cancel', () => void channel.close())
    if (this.#stopping.signal.aborted) return channel.close()
    this.#channel = channel
    try {
      await channel.basicQos({ prefetchCount: PREFETCH })
      await channel.basicConsume({ queue }, (message) => this.#receive(channel, message))
    } catch (error) {
      await channel.close()
      throw error
    }
    await closed
  }

  #receive(channel: Channel, message: AsyncMessage): void {
    const envelope = Envelope.safeParse(message.body)
    if (!envelope.success) {
      this.#options.log.error({ queue: this.#options.queue, reason: 'unreadable message' }, 'message goes to the dead queue')
      channel.basicNack({ deliveryTag: message.deliveryTag, requeue: false })
      return
    }
    void this.#lanes.run(envelope.data.aggregate.id, () => this.#track(this.#handle(channel, message.deliveryTag, envelope.data)))
  }

  async #track(handling: Promise<void>): Promise<void> {
    this.#running.add(handling)
    await handling
    this.#running.delete(handling)
  }

  /** Never rejects. What is not acknowledged is delivered again, to us or to another replica. */
  async #handle(channel: Channel, deliveryTag: number, envelope: Envelope): Promise<void> {
    for (let attempt = 1; channel.active && !this.#stopping.signal.aborted; attempt++) {
      try {
        await this.#options.deliver(envelope)
        if (channel.active) channel.basicAck({ deliveryTag })
        return
      } catch (error) {
        this.#options.log.warn({ queue: this.#options.queue, eventId: envelope.id, attempt, ...failureFields(error) }, 'event was not taken; trying again')
        await pause(backoffMs(attempt, RETRY_FIRST_MS, RETRY_LONGEST_MS), this.#stopping.signal)
      }
    }
  }
}
