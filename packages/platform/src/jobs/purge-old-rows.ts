import type { RelayConnection } from '../events/relay-connection.ts'
import type { Retention } from '../service.ts'

/** Small deletions: no long transaction holds back the readers of the event log. */
const BATCH_SIZE = 2_000
const NAME = /^[a-z][a-z_]{0,62}$/

/** Forgets the rows of a table that are older than it keeps them, of all organisations. Returns how many. */
export async function purgeOldRows(connection: Pick<RelayConnection, 'execute'>, { table, column, days }: Retention): Promise<number> {
  if (!NAME.test(table) || !NAME.test(column)) throw new Error(`${table}.${column} is no name of a table and its column.`)
  let total = 0
  for (;;) {
    const count = await connection.execute(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${column} < now() - make_interval(days => $1) limit $2))`,
      [days, BATCH_SIZE],
    )
    total += count
    if (count < BATCH_SIZE) return total
  }
}
