import pg from 'pg'
import type { ConnectionSettings } from '../connection-pool.ts'

/** A single connection for administration, closed after `work`, whatever happens. */
export async function withClient<Result>(connection: ConnectionSettings, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ ...connection, application_name: 'prepare' })
  // A broken connection rejects the running query as well.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}
