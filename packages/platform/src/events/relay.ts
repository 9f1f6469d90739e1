import type { Logger } from 'pino'
import type { Bus, Stoppable } from '../adapters.ts'
import { publishedEvents } from '../telemetry/metrics.ts'
import { AggregateLanes } from './aggregate-lanes.ts'
import { backoffMs } from './backoff.ts'
import { deletePublished, readOutbox, takePartitions, type OutboxRow } from './outbox.ts'
import { PARTITION_COUNT } from './partition.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import { pause } from './pause.ts'
import type { RelayConnection } from './relay-connection.ts'
import { WakeSignal } from './wake-signal.ts'

/** Polling is the truth, waking only makes it faster. */
const POLL_MS = 1_000
/** Events between being read and being deleted: what a slow broker may cost in memory. */
const MAX_IN_FLIGHT = 1_024
const REFILL_BELOW = 768
/** Of them in bulk: others of the same organisation wait behind them for some batches of its consumers, no longer. */
const MAX_BULK_IN_FLIGHT = 512
const DELETE_GROUP = 256
const RING_DEBOUNCE_MS = 5
const RETRY_FIRST_MS = 100
const RETRY_LONGEST_MS = 5_000
const STOP_MS = 20_000

const beforePublish = defineFailpoint('relay.before-publish', 'An event is committed and not yet with the bus')
const afterPublish = defineFailpoint('relay.after-publish', 'The bus has confirmed an event that still waits in the outbox')
const afterMark = defineFailpoint('relay.after-mark', 'Confirmed events are deleted from the outbox')

export interface RelayOptions {
  readonly connection: RelayConnection
  readonly bus: Bus
  readonly log: Logger
}
export interface Relay extends Stoppable {
  /** After a commit that stored events. Cheap; may be called for each of them. */
  wake(): void
}

/**
 * Moves the outbox of one service to the bus: in order inside an aggregate, many aggregates at once, deleted only
 * after the bus has the event durably. Each partition is held by one relay at a time (a session lock); a relay
 * that dies frees its partitions with its connection and another one takes them within two polls. Should two
 * overlap for a moment, each still publishes an aggregate's next event only after its previous one: consumers see
 * repeats, which the inbox absorbs, but no first occurrence out of order.
 */
export function startRelay(options: RelayOptions): Relay {
  const relay = new OutboxRelay(options)
  relay.start()
  return relay
}

class OutboxRelay implements Relay {
  readonly #connection: RelayConnection
  readonly #bus: Bus
  readonly #log: Logger
  readonly #signal = new WakeSignal()
  readonly #lanes = new AggregateLanes()
  readonly #inFlight = new Map<string, Promise<void>>()
  readonly #stopping = new AbortController()
  #bulkInFlight = 0
  #published: string[] = []
  /** Events may have been stored since the last look; else a pass has only to delete what was published. */
  #isNewsLikely = true
  #partitions: number[] = []
  #session = 0
  #partitionsTriedAt = 0
  #ringTimer: NodeJS.Timeout | null = null
  #loop: Promise<void> = Promise.resolve()

  constructor({ connection, bus, log }: RelayOptions) {
    this.#connection = connection
    this.#bus = bus
    this.#log = log
  }

  start(): void {
    this.#connection.onWake(() => this.#ringForNews())
    this.#loop = this.#run()
  }

  wake(): void {
    this.#ringForNews()
    if (this.#partitions.length === PARTITION_COUNT || this.#ringTimer) return
    this.#ringTimer = setTimeout(() => {
      this.#ringTimer = null
      this.#connection.ringOthers().catch((error: unknown) => this.#log.debug({ err: error }, 'other relays were not woken; they poll'))
    }, RING_DEBOUNCE_MS)
  }

  #ringForNews(): void {
    this.#isNewsLikely = true
    this.#signal.ring()
  }

  /** Publishes nothing new; what is on its way is awaited, and deleted when it arrived. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    if (this.#ringTimer) clearTimeout(this.#ringTimer)
    this.#signal.ring()
    await this.#loop
    const inTime = new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())
    await Promise.race([Promise.allSettled(this.#inFlight.values()), inTime])
    await this.#deletePublished().catch((error: unknown) => this.#log.warn({ err: error }, 'published events were not deleted; they will be published again'))
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        const isIdle = await this.#pass()
        if (isIdle && !(await this.#signal.wait(POLL_MS))) this.#isNewsLikely = true
      } catch (error) {
        // The connection reports its own loss and return; this is anything else that the database refuses.
        if (this.#connection.session !== 0) this.#log.error({ err: error, service: this.#connection.service }, 'relay pass failed')
        this.#isNewsLikely = true
        await this.#signal.wait(POLL_MS)
      }
    }
  }

  /** Returns whether there is nothing to do before the next wake. */
  async #pass(): Promise<boolean> {
    if (this.#connection.session === 0) return true
    await this.#holdPartitions()
    await this.#deletePublished()
    if (!this.#isNewsLikely || this.#partitions.length === 0 || this.#inFlight.size >= REFILL_BELOW) return this.#published.length === 0
    const room = MAX_IN_FLIGHT - this.#inFlight.size
    this.#isNewsLikely = false
    const bulkRoom = MAX_BULK_IN_FLIGHT - this.#bulkInFlight
    const rows = await readOutbox(this.#connection, this.#partitions, [...this.#inFlight.keys()], { room, bulkRoom })
    for (const row of rows) this.#dispatch(row)
    this.#isNewsLikely ||= rows.length >= room
    return !this.#isNewsLikely && this.#published.length === 0
  }

  async #holdPartitions(): Promise<void> {
    if (this.#session !== this.#connection.session) {
      const { session } = this.#connection
      // What waits in the lanes was read under the ended session and will be put back: read anew before that, a later event
      // of its aggregate would pass it.
      await Promise.allSettled(this.#inFlight.values())
      this.#session = session
      this.#partitions = []
      this.#partitionsTriedAt = 0
    }
    if (this.#partitions.length === PARTITION_COUNT || Date.now() - this.#partitionsTriedAt < POLL_MS) return
    this.#partitionsTriedAt = Date.now()
    const missing = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition).filter((partition) => !this.#partitions.includes(partition))
    const taken = await takePartitions(this.#connection, missing)
    this.#partitions.push(...taken)
    this.#isNewsLikely ||= taken.length > 0
  }

  async #deletePublished(): Promise<void> {
    if (this.#published.length === 0) return
    // A copy: what is published meanwhile is not among what is deleted.
    const positions = [...this.#published]
    await deletePublished(this.#connection, positions)
    afterMark()
    this.#published = this.#published.slice(positions.length)
    for (const position of positions) this.#inFlight.delete(position)
  }

  #dispatch(row: OutboxRow): void {
    const session = this.#session
    if (row.isBulk) this.#bulkInFlight += 1
    const publishing = this.#lanes
      .run(row.envelope.aggregate.id, () => this.#publish(row, session))
      .then((isPublished) => {
        if (row.isBulk) this.#bulkInFlight -= 1
        // More may wait than there was room for.
        this.#isNewsLikely ||= row.isBulk
        if (isPublished) this.#published.push(row.position)
        else this.#putBack(row)
        // Deleting in groups: a statement for each event would cost more than publishing it.
        if (this.#published.length >= DELETE_GROUP || this.#published.length === this.#inFlight.size) this.#signal.ring()
      })
    this.#inFlight.set(row.position, publishing)
  }

  #putBack(row: OutboxRow): void {
    this.#inFlight.delete(row.position)
    this.#isNewsLikely = true
  }

  /** Tries until the bus has it. Returns false when this relay stops or has lost its locks; then nothing after it is published either. */
  async #publish({ envelope }: OutboxRow, session: number): Promise<boolean> {
    for (let attempt = 1; !this.#stopping.signal.aborted && session === this.#connection.session; attempt++) {
      try {
        beforePublish(envelope.type)
        await this.#bus.publish(envelope)
        afterPublish(envelope.type)
        publishedEvents.inc({ service: this.#connection.service, type: envelope.type })
        return true
      } catch (error) {
        this.#log.warn({ err: error, eventId: envelope.id, eventType: envelope.type, attempt }, 'event was not published yet')
        await pause(backoffMs(attempt, RETRY_FIRST_MS, RETRY_LONGEST_MS), this.#stopping.signal)
      }
    }
    return false
  }
}
