import type { RelayConnection } from '../events/relay-connection.ts'
import type { Retention } from '../service.ts'

/** Small deletions: no long transaction holds back the readers of the event log. */
const BATCH_SIZE = 2_000
const NAME = /^[a-z][a-z_]{0,62}$/

/** Forgets the rows of a table that are older than it keeps them, and before them their parts, of all organisations. Returns how many, without the parts. */
export async function purgeOldRows(connection: Pick<RelayConnection, 'execute'>, { table, column, days, parts = [] }: Retention): Promise<number> {
  for (const name of [table, column, ...parts.flatMap((part) => [part.table, part.of])])
    if (!NAME.test(name)) throw new Error(`${name} is no name of a table or a column.`)
  const isOld = `${table}.${column} < now() - make_interval(days => $1)`
  for (const { table: part, of } of parts)
    await deleteAll(
      connection,
      part,
      `select ${part}.ctid from ${table} join ${part} on ${part}.organization_id = ${table}.organization_id and ${part}.${of} = ${table}.id where ${isOld}`,
      days,
    )
  return deleteAll(connection, table, `select ctid from ${table} where ${isOld}`, days)
}

/** What the query finds of the table, some after some: ctids. */
async function deleteAll(connection: Pick<RelayConnection, 'execute'>, table: string, query: string, days: number): Promise<number> {
  for (let total = 0; ;) {
    const count = await connection.execute(`delete from ${table} where ctid = any(array(${query} limit $2))`, [days, BATCH_SIZE])
    total += count
    if (count < BATCH_SIZE) return total
  }
}
