import { failureFields, reasonOf } from '../events/describe-failure.ts'
import type { RelayConnection } from '../events/relay-connection.ts'
import type { ServiceRuntime } from '../runtime/runtime.ts'
import type { JobHandler } from '../service.ts'
import { STOP_MS } from './job-runner.ts'
import { parseSchedule, ScheduleLedger } from './job-schedule.ts'
import { runScheduled } from './run-job.ts'

const LOOK_MS = 1_000
const HEARTBEAT_MS = 5_000

interface Schedule {
  readonly handler: JobHandler
  readonly nextAfter: (after: Date) => Date | null
  /** The tick that this process will claim next. Ticks before the start of the process are not made up for. */
  dueAt: Date | null
}

/** Runs scheduled jobs at their ticks: each tick in one replica only. */
export class ScheduleRunner {
  readonly #runtime: ServiceRuntime
  readonly #schedules: readonly Schedule[]
  readonly #ledger: ScheduleLedger
  readonly #connection: RelayConnection
  readonly #killing = new AbortController()
  readonly #running = new Map<string, Promise<void>>()
  #timers: NodeJS.Timeout[] = []

  constructor(runtime: ServiceRuntime, connection: RelayConnection, handlers: readonly JobHandler[]) {
    this.#runtime = runtime
    this.#connection = connection
    this.#ledger = new ScheduleLedger(connection, crypto.randomUUID())
    const now = new Date()
    this.#schedules = handlers.map((handler) => {
      const nextAfter = parseSchedule(handler.schedule ?? '')
      return { handler, nextAfter, dueAt: nextAfter(now) }
    })
  }

  start(): void {
    if (this.#schedules.length === 0) return
    this.#timers = [setInterval(() => void this.#look(), LOOK_MS), setInterval(() => void this.#beat(), HEARTBEAT_MS)]
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    const killTimer = setTimeout(() => this.#killing.abort(new Error('The service stops.')), STOP_MS)
    await Promise.allSettled(this.#running.values())
    clearTimeout(killTimer)
  }

  async #look(): Promise<void> {
    if (this.#connection.session === 0) return
    const now = new Date()
    for (const schedule of this.#schedules) {
      if (!schedule.dueAt || schedule.dueAt > now || this.#running.has(schedule.handler.name)) continue
      await this.#claim(schedule, schedule.dueAt, now)
    }
  }

  async #claim(schedule: Schedule, tickAt: Date, now: Date): Promise<void> {
    try {
      const isOurs = await this.#ledger.claim(schedule.handler.name, tickAt)
      schedule.dueAt = schedule.nextAfter(now)
      if (isOurs) this.#begin(schedule.handler)
    } catch (error) {
      this.#runtime.log.warn({ schedule: schedule.handler.name, ...failureFields(error) }, 'tick was not claimed')
    }
  }

  #begin(handler: JobHandler): void {
    const running = this.#perform(handler)
      .catch((error: unknown) => this.#runtime.log.warn({ schedule: handler.name, ...failureFields(error) }, 'the end of a tick was not noted'))
      .finally(() => this.#running.delete(handler.name))
    this.#running.set(handler.name, running)
  }

  async #perform(handler: JobHandler): Promise<void> {
    let failure: string | null = null
    try {
      await runScheduled(this.#runtime, handler, this.#killing.signal)
    } catch (error) {
      failure = reasonOf(error)
      this.#runtime.log.error({ schedule: handler.name, ...failureFields(error) }, 'scheduled job failed')
    }
    await this.#ledger.finish(handler.name, failure)
  }

  /** Keeps what runs here ours, and takes over ticks whose replica died. */
  async #beat(): Promise<void> {
    if (this.#connection.session === 0) return
    try {
      if (this.#running.size > 0) await this.#ledger.renew([...this.#running.keys()])
      const idle = this.#schedules.map(({ handler }) => handler).filter(({ name }) => !this.#running.has(name))
      const names = new Set(await this.#ledger.takeOver(idle.map(({ name }) => name)))
      for (const handler of idle) if (names.has(handler.name)) this.#begin(handler)
    } catch (error) {
      this.#runtime.log.warn(failureFields(error), 'leases of schedules were not renewed')
    }
  }
}
