import type { Envelope } from '@ai-crm/contracts'
import { storedJson } from '../db/stored-json.ts'
import type { Statement } from '../db/database.ts'
import { withJitter } from './backoff.ts'

/** Delay before the second, third … attempt. After the attempt that follows the last of them the event is dead. */
const RETRY_DELAYS_MS = [200, 1_000, 5_000, 30_000] as const
export const MAX_ATTEMPTS = RETRY_DELAYS_MS.length + 1

/** Milliseconds until the next attempt after the given number of failed ones, or null when there is none. */
export function retryDelayMs(failedAttempts: number): number | null {
  const delayMs = RETRY_DELAYS_MS[failedAttempts - 1]
  return delayMs === undefined ? null : withJitter(delayMs)
}

export interface Parking {
  readonly consumer: string
  readonly envelope: Envelope
  readonly reason: string
  /** Failed attempts so far; 0 for an event that only waits behind an earlier one. */
  readonly attempts: number
  /** Null: no attempt will help, it is a dead letter at once. */
  readonly retryInMs: number | null
}

const lineOf = ({ consumer, envelope }: Pick<Parking, 'consumer' | 'envelope'>) => [consumer, envelope.aggregate.id] as const

/** Whoever joins, leaves or moves a line (consumer, aggregate) holds this until the end of its transaction. */
export const lockLine = (parked: Pick<Parking, 'consumer' | 'envelope'>): Statement => ({
  text: 'select pg_advisory_xact_lock(hashtext($1), hashtext($2))',
  values: lineOf(parked),
})

/** Puts an event into its line, behind those that are in it. Does nothing when it is parked already. After `lockLine`. */
export const insertParked = (parking: Parking): Statement => ({
  text: `insert into parked_event (consumer, event_id, aggregate_id, aggregate_version, envelope, attempts, reason, next_attempt_at, status)
         values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 millisecond',
                 case when $9 then 'dead'
                      when exists (select from parked_event p where p.consumer = $1 and p.aggregate_id = $3 and p.status <> 'dead') then 'blocked'
                      else 'waiting' end)
         on conflict do nothing`,
  values: [
    parking.consumer,
    parking.envelope.id,
    parking.envelope.aggregate.id,
    parking.envelope.aggregate.version,
    storedJson(parking.envelope),
    parking.attempts,
    parking.reason,
    parking.retryInMs ?? 0,
    parking.retryInMs === null,
  ],
})

export const deleteParked = ({ consumer, envelope }: Pick<Parking, 'consumer' | 'envelope'>): Statement => ({
  text: 'delete from parked_event where consumer = $1 and event_id = $2',
  values: [consumer, envelope.id],
})

/** Notes one more failure. Only if nobody else did meanwhile: `failedBefore` is what was read when the attempt began. */
export const postponeParked = (parking: Parking, failedBefore: number): Statement => ({
  text: `update parked_event
            set attempts = $3, reason = $4, last_failed_at = now(), next_attempt_at = now() + $5 * interval '1 millisecond',
                status = case when $6 then 'dead' else 'waiting' end
          where consumer = $1 and event_id = $2 and status = 'waiting' and attempts = $7`,
  values: [parking.consumer, parking.envelope.id, parking.attempts, parking.reason, parking.retryInMs ?? 0, parking.retryInMs === null, failedBefore],
})

/** After the head of a line has left it: the next one's turn. Does nothing while there is a head. After `lockLine`. */
export const advanceLine = (parked: Pick<Parking, 'consumer' | 'envelope'>): Statement => ({
  text: `update parked_event p set status = 'waiting', next_attempt_at = now()
          where p.consumer = $1 and p.aggregate_id = $2 and p.status = 'blocked'
            and p.aggregate_version = (select min(head.aggregate_version) from parked_event head
                                        where head.consumer = $1 and head.aggregate_id = $2 and head.status <> 'dead')`,
  values: lineOf(parked),
})
