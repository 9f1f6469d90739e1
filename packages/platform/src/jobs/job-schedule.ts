import { Cron } from 'croner'
import type { RelayConnection } from '../events/relay-connection.ts'
import { LEASE_SECONDS } from './job-queue.ts'

/** A tick that some replica took and did not finish is tried this often in all. */
const MAX_ATTEMPTS = 3

/** The next tick of a five-field cron expression, in UTC. Throws at boot when the expression is wrong. */
export function parseSchedule(expression: string): (after: Date) => Date | null {
  const cron = new Cron(expression, { timezone: 'UTC', paused: true, mode: '5-part' })
  return (after) => cron.nextRun(after)
}

/** The ticks of the schedules of one service: one row per schedule, whoever moves it runs it. */
export class ScheduleLedger {
  readonly #connection: RelayConnection
  readonly #holder: string

  constructor(connection: RelayConnection, holder: string) {
    this.#connection = connection
    this.#holder = holder
  }

  /** True for exactly one replica per tick; false also while the previous tick is still at work somewhere. */
  async claim(name: string, tickAt: Date): Promise<boolean> {
    const rows = await this.#connection.query(
      `insert into job_schedule as known (name, tick_at, lease_holder, lease_until) values ($1, $2, $3, now() + $4 * interval '1 second')
       on conflict (name) do update
         set tick_at = excluded.tick_at, attempts = 1, lease_holder = excluded.lease_holder, lease_until = excluded.lease_until
         where known.tick_at < excluded.tick_at and (known.lease_until is null or known.lease_until < now())
       returning name`,
      [name, tickAt, this.#holder, LEASE_SECONDS],
    )
    return rows.length > 0
  }

  /** Names of schedules whose tick was left unfinished by a replica that died; they are ours now. */
  async takeOver(names: readonly string[]): Promise<string[]> {
    const rows = await this.#connection.query<{ name: string }>(
      `update job_schedule set attempts = attempts + 1, lease_holder = $2, lease_until = now() + $3 * interval '1 second'
        where name = any($1) and lease_until < now() and attempts < $4 returning name`,
      [names, this.#holder, LEASE_SECONDS, MAX_ATTEMPTS],
    )
    return rows.map(({ name }) => name)
  }

  async renew(names: readonly string[]): Promise<void> {
    await this.#connection.query(
      `update job_schedule set lease_until = now() + $3 * interval '1 second' where name = any($1) and lease_holder = $2 and lease_until is not null`,
      [names, this.#holder, LEASE_SECONDS],
    )
  }

  /** The tick is over, well or not: the next tick is the retry. */
  async finish(name: string, error: string | null): Promise<void> {
    await this.#connection.query('update job_schedule set lease_until = null, lease_holder = null, last_error = $3 where name = $1 and lease_holder = $2', [
      name,
      this.#holder,
      error,
    ])
  }
}
