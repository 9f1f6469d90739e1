import { type Database, type Defaulted, kyselyFor } from '@ai-crm/platform'
import type { Pool } from 'pg'

export interface Item {
  readonly organizationId: string
  readonly id: string
}

interface Tables {
  item: { organizationId: Defaulted<string>; id: Defaulted<string>; name: string; email: string; createdAt: Defaulted<Date> }
}

/** One operation for one item, done in one way. */
export type Way = (item: Item) => Promise<unknown>

const SELECT = (table: string): string => `select * from ${table} where organization_id = $1 and id = $2`
const INSERT = (table: string): string => `insert into ${table} (organization_id, name, email) values ($1, $2, $3) returning *`

const selectValues = ({ organizationId, id }: Item): string[] => [organizationId, id]
const insertValues = ({ organizationId }: Item): string[] => [organizationId, 'Ada Lovelace', 'ada@example.org']

export const selectWays = (pool: Pool, database: Database): Readonly<Record<string, Way>> => ({
  'floor: no walls, prepared': (item) => pool.query({ name: 'select-open', text: SELECT('open_item'), values: selectValues(item) }),
  'BEGIN, set_config, query, COMMIT': (item) => inFourRoundTrips(pool, item, { name: 'select', text: SELECT('item'), values: selectValues(item) }),
  read: (item) => database.read(item, { text: SELECT('item'), values: selectValues(item) }),
  'read, through Kysely': (item) =>
    kyselyFor<Tables>((statement) => database.read(item, statement))
      .selectFrom('item')
      .selectAll()
      .where('organizationId', '=', item.organizationId)
      .where('id', '=', item.id)
      .executeTakeFirst(),
})

export const insertWays = (pool: Pool, database: Database): Readonly<Record<string, Way>> => ({
  'floor: no walls, prepared': (item) => pool.query({ name: 'insert-open', text: INSERT('open_item'), values: insertValues(item) }),
  'BEGIN, set_config, query, COMMIT': (item) => inFourRoundTrips(pool, item, { name: 'insert', text: INSERT('item'), values: insertValues(item) }),
  batch: (item) => database.batch(item, [{ text: INSERT('item'), values: insertValues(item) }]),
  'begin, Kysely, commit': async (item) => {
    const transaction = database.begin(item)
    const db = kyselyFor<Tables>((statement) => transaction.query(statement))
    const row = await db.insertInto('item').values({ name: 'Ada Lovelace', email: 'ada@example.org' }).returningAll().executeTakeFirst()
    await transaction.commit()
    return row
  },
})

async function inFourRoundTrips(pool: Pool, item: Item, query: { name: string; text: string; values: string[] }): Promise<unknown> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query({ name: 'context', text: "select set_config('app.organization_id', $1, true)", values: [item.organizationId] })
    const { rows } = await client.query(query)
    await client.query('commit')
    return rows
  } finally {
    client.release()
  }
}
