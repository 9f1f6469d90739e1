import type { Envelope } from '@ai-crm/contracts'
import type { RelayConnection } from './relay-connection.ts'
import { ENVELOPE_JSON } from './read-events.ts'

/** An event that waits for publication. `position` is a bigint in text. */
export interface OutboxRow {
  readonly position: string
  readonly isBulk: boolean
  readonly envelope: Envelope
}

/** Of the given partitions, takes those that no other relay of this service holds, for as long as the session lives. */
export async function takePartitions(connection: RelayConnection, partitions: readonly number[]): Promise<number[]> {
  const rows = await connection.query<{ partition: number }>(
    'select partition from unnest($1::int[]) as free(partition) where pg_try_advisory_lock(hashtext($2), partition)',
    [partitions, `${connection.service}.outbox`],
  )
  return rows.map(({ partition }) => partition)
}

/** What comes in bulk is told together: when nothing more has come for this long, or the first has waited for that long. */
const BULK_PAUSE = '1500 milliseconds'
const BULK_PATIENCE = '30 seconds'

const OF_PARTITIONS = 'from outbox o where o.partition = any($1::int[])'
const IN_BULK = `${OF_PARTITIONS} and o.bulk_aggregate_id is not null`

/** In the order of positions: no event of an aggregate without those before it. Where ordinary ones fill the room, none come in bulk that could be behind one that is left. */
const READ = `
  with ordinary as materialized (
    select o.organization_id, o.event_id, o.position ${OF_PARTITIONS} and o.bulk_aggregate_id is null and o.position <> all($2::bigint[])
     order by o.position limit $3
  ), bulk_age as (
    select (select o.bulk_at ${IN_BULK} order by o.position limit 1) as first_at, (select o.bulk_at ${IN_BULK} order by o.position desc limit 1) as last_at
  ), bulk as materialized (
    select o.organization_id, o.event_id, o.position ${IN_BULK} and o.position <> all($2::bigint[])
       and (select first_at < clock_timestamp() - interval '${BULK_PATIENCE}' or last_at < clock_timestamp() - interval '${BULK_PAUSE}' from bulk_age)
     order by o.position limit case when (select count(*) from ordinary) < $3 then $4::int else 0 end
  ), taken_along as (
    select earlier.organization_id, earlier.event_id, earlier.position
      from ordinary join event e on e.organization_id = ordinary.organization_id and e.id = ordinary.event_id
      join outbox earlier on earlier.bulk_aggregate_id = e.aggregate_id and earlier.position < ordinary.position
     where earlier.position <> all($2::bigint[]) and (select first_at is not null from bulk_age)
  ), chosen as (
    select organization_id, event_id, position, false as is_bulk from ordinary
    union all (select *, true from taken_along union select *, true from bulk)
  )
  select o.position::text as position, o.is_bulk as "isBulk", ${ENVELOPE_JSON} as envelope
    from chosen o join event e on e.organization_id = o.organization_id and e.id = o.event_id
   order by o.position`

export interface OutboxRoom {
  readonly room: number
  /** Of it for what comes in bulk. */
  readonly bulkRoom: number
}

/** The oldest rows of the given partitions that are not in flight yet, in the order of their positions. */
export const readOutbox = (
  connection: RelayConnection,
  partitions: readonly number[],
  inFlight: readonly string[],
  { room, bulkRoom }: OutboxRoom,
): Promise<OutboxRow[]> => connection.query<OutboxRow & { position: string }>(READ, [partitions, inFlight, room, Math.max(0, Math.min(room, bulkRoom))])

export async function deletePublished(connection: RelayConnection, positions: readonly string[]): Promise<void> {
  await connection.query('delete from outbox where position = any($1::bigint[])', [positions])
}
