import { Actor } from '@ai-crm/contracts'
import { z } from 'zod'
import type { Origin } from '../context.ts'
import type { RelayConnection } from '../events/relay-connection.ts'

/** How long a claimed job is its holder's without a heartbeat: after kill -9 another replica takes over within this and a poll. */
export const LEASE_SECONDS = 15

const StoredOrigin = z.object({
  actor: Actor,
  correlationId: z.string(),
  causationId: z.string().nullable(),
  depth: z.number(),
  trace: z.string().nullable(),
})

export interface ClaimedJob {
  readonly id: string
  readonly name: string
  readonly payload: unknown
  readonly origin: Origin
  /** This attempt included. */
  readonly attempts: number
  readonly maxAttempts: number
}

export interface FreeSlots {
  readonly name: string
  readonly count: number
}

interface ClaimedRow {
  id: string
  organizationId: string
  name: string
  payload: unknown
  origin: unknown
  attempts: number
  maxAttempts: number
}

const CLAIMED = `job.id, job.organization_id as "organizationId", job.name, job.payload, job.origin, job.attempts, job.max_attempts as "maxAttempts"`

const toClaimed = (row: ClaimedRow): ClaimedJob => ({ ...row, origin: { organizationId: row.organizationId, ...StoredOrigin.parse(row.origin) } })

/** The jobs of one service as one process sees them. Times are the database's. */
export class JobQueue {
  readonly #connection: RelayConnection
  /** Of this process: a lease is renewed and ended by its holder only. */
  readonly #holder: string

  constructor(connection: RelayConnection, holder: string) {
    this.#connection = connection
    this.#holder = holder
  }

  get isReachable(): boolean {
    return this.#connection.session !== 0
  }

  /** Takes due jobs, at most as many per name as there are free slots; among them those whose holder died. */
  async claim(slots: readonly FreeSlots[]): Promise<ClaimedJob[]> {
    const rows = await this.#connection.query<ClaimedRow>(
      `update job set status = 'running', attempts = job.attempts + 1, lease_holder = $3, lease_until = now() + $4 * interval '1 second'
         from unnest($1::text[], $2::int[]) as slot(name, free)
        cross join lateral (
          (select organization_id, id from job
            where status = 'waiting' and job.name = slot.name and run_at <= now()
            order by run_at limit slot.free for update skip locked)
          ) due
        where job.organization_id = due.organization_id and job.id = due.id
        returning ${CLAIMED}`,
      [slots.map(({ name }) => name), slots.map(({ count }) => count), this.#holder, LEASE_SECONDS],
    )
    return rows.map(toClaimed)
  }

  /** Puts back what dead processes held and may be tried again. */
  async releaseExpired(): Promise<number> {
    return this.#connection.execute(
      `update job set status = 'waiting', run_at = now(), lease_until = null, lease_holder = null, last_error = $1,
                      -- A newer job of the same key waits already: this one stays as a job without a key.
                      key = case when ${NEWER_WAITS} then null else key end
         from (select organization_id, id from job where status = 'running' and lease_until < now() and attempts < max_attempts
                limit ${AT_ONCE} for update skip locked) expired
        where job.organization_id = expired.organization_id and job.id = expired.id`,
      [HOLDER_ENDED],
    )
  }

  /**
   * What dead processes held in its last attempt is this process's from now on, as a claimed job is: its row says that it was given up only
   * after whoever waits for it was told.
   */
  async takeOverExhausted(): Promise<ClaimedJob[]> {
    const rows = await this.#connection.query<ClaimedRow>(
      `update job set lease_holder = $1, lease_until = now() + $2 * interval '1 second'
         from (select organization_id, id from job where status = 'running' and lease_until < now() and attempts >= max_attempts
                limit ${AT_ONCE} for update skip locked) expired
        where job.organization_id = expired.organization_id and job.id = expired.id
        returning ${CLAIMED}`,
      [this.#holder, LEASE_SECONDS],
    )
    return rows.map(toClaimed)
  }

  /** Kinds of jobs that wait here and nobody in this release runs, with how many there are. */
  async listUnknown(known: readonly string[]): Promise<{ name: string; count: number }[]> {
    return this.#connection.query(
      `select name, count(*)::int as count from (select name from job where status = 'waiting' and name <> all($1::text[]) limit 10000) as unknown
        group by name order by name`,
      [known],
    )
  }

  async renew(ids: readonly string[]): Promise<void> {
    await this.#connection.query(
      `update job set lease_until = now() + $3 * interval '1 second' where id = any($1::uuid[]) and lease_holder = $2 and status = 'running'`,
      [ids, this.#holder, LEASE_SECONDS],
    )
  }

  async complete(job: ClaimedJob): Promise<void> {
    await this.#connection.query("delete from job where organization_id = $1 and id = $2 and status = 'running' and lease_holder = $3 and attempts = $4", [
      job.origin.organizationId,
      job.id,
      this.#holder,
      job.attempts,
    ])
  }

  /** Waits for a switch to be turned on: this was no attempt. A newer waiting job of the same key supersedes it. */
  async putBack(job: ClaimedJob, waitMs: number): Promise<void> {
    await this.#connection.query(
      `with mine as (
         select organization_id, id, ${NEWER_WAITS} as is_superseded from job
          where organization_id = $1 and id = $2 and status = 'running' and lease_holder = $3 and attempts = $4 for update
       ), superseded as (
         delete from job using mine where mine.is_superseded and job.organization_id = mine.organization_id and job.id = mine.id
       )
       update job set status = 'waiting', attempts = job.attempts - 1, run_at = now() + $5 * interval '1 millisecond',
                      lease_until = null, lease_holder = null, last_error = $6
         from mine where not mine.is_superseded and job.organization_id = mine.organization_id and job.id = mine.id`,
      [job.origin.organizationId, job.id, this.#holder, job.attempts, waitMs, SWITCHED_OFF],
    )
  }

  /** Jobs of these names that wait for a switch are looked at now. */
  async lookAgain(names: readonly string[]): Promise<void> {
    await this.#connection.query(`update job set run_at = now() where status = 'waiting' and name = any($1::text[]) and run_at > now() and last_error = $2`, [
      names,
      SWITCHED_OFF,
    ])
  }

  /** Null: no attempts are left, it is given up and stays visible. A newer waiting job of the same key supersedes it. */
  async fail(job: ClaimedJob, error: string, retryInMs: number | null): Promise<void> {
    await this.#connection.query(
      `with mine as (
         select organization_id, id, ${NEWER_WAITS} as is_superseded from job
          where organization_id = $1 and id = $2 and status = 'running' and lease_holder = $3 and attempts = $4 for update
       ), superseded as (
         delete from job using mine where mine.is_superseded and job.organization_id = mine.organization_id and job.id = mine.id
       )
       update job set status = case when $6::float8 is null then 'given-up' else 'waiting' end,
                      run_at = now() + coalesce($6::float8, 0) * interval '1 millisecond',
                      lease_until = null, lease_holder = null, last_error = $5
         from mine where not mine.is_superseded and job.organization_id = mine.organization_id and job.id = mine.id`,
      [job.origin.organizationId, job.id, this.#holder, job.attempts, error, retryInMs],
    )
  }
}

/** Of what dead processes held: taken at a time. */
const AT_ONCE = 100
export const HOLDER_ENDED = 'The process that ran it ended.'
const SWITCHED_OFF = 'It is switched off; the job waits.'

const NEWER_WAITS = `exists (select from job newer where newer.organization_id = job.organization_id and newer.name = job.name
                        and newer.key = job.key and newer.status = 'waiting' and newer.id <> job.id)`
