import { backoffMs } from '../events/backoff.ts'
import { failureFields, reasonOf } from '../events/describe-failure.ts'
import type { RelayConnection } from '../events/relay-connection.ts'
import { WakeSignal } from '../events/wake-signal.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import type { JobHandler } from '../service.ts'
import { HOLDER_ENDED, JobQueue, type ClaimedJob, type FreeSlots } from './job-queue.ts'
import { giveUp, runJob } from './run-job.ts'

const POLL_MS = 1_000
const HEARTBEAT_MS = 5_000
const RETRY_FIRST_MS = 1_000
const RETRY_LONGEST_MS = 10 * 60_000
export const STOP_MS = 20_000
/** While something is switched off for an organisation, its jobs are looked at this often; at once when a flag changes. */
const SWITCHED_OFF_MS = 60_000

const claimed = defineFailpoint('job.claimed', 'A job is leased to this process and not begun; by its name')
const givingUp = defineFailpoint('job.giving-up', 'The last attempt of a job is over; what waits for it was not told, its row says running; by its name')
const done = defineFailpoint('job.done', 'A job has done its work; its row still says running')

/** Claims due jobs of one service while it has free slots, renews their leases, and notes how they ended. */
export class JobRunner {
  readonly #runtime: ServiceRuntime
  readonly #handlers: ReadonlyMap<string, JobHandler>
  readonly #queue: JobQueue
  readonly #signal = new WakeSignal()
  readonly #stopping = new AbortController()
  readonly #killing = new AbortController()
  readonly #running = new Map<ClaimedJob, Promise<void>>()
  /** The last claim filled every slot that a kind of job had: more of it may wait. */
  #isFull = false
  #loop: Promise<void> = Promise.resolve()
  #heartbeat: NodeJS.Timeout | undefined
  #beating: Promise<void> | null = null
  #forgetFlags: () => void = () => {}

  constructor(runtime: ServiceRuntime, connection: RelayConnection, handlers: readonly JobHandler[]) {
    this.#runtime = runtime
    this.#handlers = new Map(handlers.map((handler) => [handler.name, handler]))
    this.#queue = new JobQueue(connection, crypto.randomUUID())
    connection.onWake(() => this.#signal.ring())
  }

  start(): void {
    if (this.#handlers.size === 0) return
    this.#heartbeat = setInterval(() => this.#beatOnce(), HEARTBEAT_MS)
    this.#forgetFlags = this.#runtime.flags.onChange(() => void this.#lookAgain())
    this.#loop = this.#run()
  }

  wake(): void {
    this.#signal.ring()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#signal.ring()
    await this.#loop
    // It may still take something over; from now on beats only keep what runs here.
    await this.#beating
    const killTimer = setTimeout(() => this.#killing.abort(new Error('The service stops.')), STOP_MS)
    await Promise.allSettled(this.#running.values())
    clearTimeout(killTimer)
    clearInterval(this.#heartbeat)
    await this.#beating
    this.#forgetFlags()
  }

  async #run(): Promise<void> {
    let isNew = true
    while (!this.#stopping.signal.aborted) {
      try {
        if (this.#queue.isReachable) {
          if (isNew) await this.#sayUnknown()
          isNew = false
          await this.#claim()
        }
        await this.#signal.wait(POLL_MS)
      } catch (error) {
        this.#runtime.log.warn(failureFields(error), 'jobs were not claimed')
        await this.#signal.wait(POLL_MS)
      }
    }
  }

  /** A kind that was renamed or taken away leaves jobs behind, which a migration should have moved. */
  async #sayUnknown(): Promise<void> {
    const unknown = await this.#queue.listUnknown([...this.#handlers.keys()])
    for (const { name, count } of unknown) this.#runtime.log.error({ job: name, count }, 'jobs wait that nobody in this release runs')
  }

  async #claim(): Promise<void> {
    const slots = this.#freeSlots()
    this.#isFull = slots.length < this.#handlers.size
    if (slots.length === 0) return
    const jobs = await this.#queue.claim(slots)
    for (const job of jobs) this.#begin(job)
    this.#isFull ||= slots.some(({ name, count }) => jobs.filter((job) => job.name === name).length === count)
  }

  #freeSlots(): FreeSlots[] {
    const busy = Map.groupBy(this.#running.keys(), (job) => job.name)
    return [...this.#handlers.values()]
      .filter(({ flag }) => !flag || !this.#runtime.flags.isKilled(flag))
      .map(({ name, concurrency }) => ({ name, count: concurrency - (busy.get(name)?.length ?? 0) }))
      .filter(({ count }) => count > 0)
  }

  #begin(job: ClaimedJob, work: (job: ClaimedJob) => Promise<void> = (claimedJob) => this.#perform(claimedJob)): void {
    const running = work(job)
      .catch((error: unknown) =>
        this.#runtime.log.warn({ job: job.name, jobId: job.id, ...failureFields(error) }, 'the end of a job was not noted; its lease will run out'),
      )
      .finally(() => {
        this.#running.delete(job)
        if (this.#isFull) this.#signal.ring()
      })
    this.#running.set(job, running)
  }

  async #perform(job: ClaimedJob): Promise<void> {
    const handler = this.#handlers.get(job.name)
    if (!handler) return
    if (handler.flag && !(await this.#runtime.flags.of(job.origin.organizationId).isOn(handler.flag)))
      return this.#queue.putBack(job, SWITCHED_OFF_MS * (0.75 + Math.random() / 2))
    try {
      claimed(job.name)
      await runJob(this.#runtime, handler, job, this.#killing.signal)
      done(job.name)
    } catch (error) {
      return this.#fail(job, error)
    }
    await this.#queue.complete(job)
  }

  async #fail(job: ClaimedJob, error: unknown): Promise<void> {
    const isLast = job.attempts >= job.maxAttempts
    const fields = { job: job.name, jobId: job.id, attempt: job.attempts, ...failureFields(error) }
    if (isLast) this.#runtime.log.error(fields, 'job is given up')
    else this.#runtime.log.warn(fields, 'job failed')
    if (isLast) return this.#giveUp(job, reasonOf(error))
    await this.#queue.fail(job, reasonOf(error), backoffMs(job.attempts, RETRY_FIRST_MS, RETRY_LONGEST_MS))
  }

  /** Whoever dies before the row says so is followed by whoever finds the lease run out. */
  async #giveUp(job: ClaimedJob, reason: string): Promise<void> {
    givingUp(job.name)
    const handler = this.#handlers.get(job.name)
    if (handler) await giveUp(this.#runtime, handler, job, this.#killing.signal)
    await this.#queue.fail(job, reason, null)
  }

  /** A flag has changed: what waits for one may go on. */
  async #lookAgain(): Promise<void> {
    const names = [...this.#handlers.values()].filter(({ flag }) => flag).map(({ name }) => name)
    if (names.length === 0) return
    try {
      if (this.#queue.isReachable) await this.#queue.lookAgain(names)
      this.#signal.ring()
    } catch (error) {
      this.#runtime.log.warn(failureFields(error), 'jobs that wait for a switch are looked at later')
    }
  }

  #beatOnce(): void {
    this.#beating ??= this.#beat().finally(() => (this.#beating = null))
  }

  /** Keeps what runs here ours, and frees what dead processes held. */
  async #beat(): Promise<void> {
    if (!this.#queue.isReachable) return
    try {
      if (this.#running.size > 0) await this.#queue.renew([...this.#running.keys()].map((job) => job.id))
      if (this.#stopping.signal.aborted) return
      if ((await this.#queue.releaseExpired()) > 0) this.#signal.ring()
      for (const job of await this.#queue.takeOverExhausted()) this.#begin(job, (exhausted) => this.#giveUp(exhausted, HOLDER_ENDED))
    } catch (error) {
      this.#runtime.log.warn(failureFields(error), 'leases of jobs were not renewed')
    }
  }
}
