import type { Envelope } from '@ai-crm/contracts'
import type { RelayConnection } from './relay-connection.ts'
import { ENVELOPE_JSON } from './read-events.ts'

/** An event that waits for publication. `position` is a bigint in text. */
export interface OutboxRow {
  readonly position: string
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

/** The oldest rows of the given partitions that are not in flight yet, in the order of their positions. */
export function readOutbox(connection: RelayConnection, partitions: readonly number[], inFlight: readonly string[], limit: number): Promise<OutboxRow[]> {
  return connection.query<OutboxRow & { position: string }>(
    `select o.position::text as position, ${ENVELOPE_JSON} as envelope
       from outbox o join event e on e.organization_id = o.organization_id and e.id = o.event_id
      where o.partition = any($1::int[]) and o.position <> all($2::bigint[])
      order by o.position limit $3`,
    [partitions, inFlight, limit],
  )
}

export async function deletePublished(connection: RelayConnection, positions: readonly string[]): Promise<void> {
  await connection.query('delete from outbox where position = any($1::bigint[])', [positions])
}
