import pg from 'pg'
import type { TestCluster } from './test-cluster.ts'

/** More than wait for each other in any test. */
const MOST = 10

export interface AdminConnections {
  /** Superuser SQL, each time as on a connection of its own. */
  run(sql: string): Promise<readonly Record<string, unknown>[]>
  close(): Promise<void>
}

/**
 * The superuser's connections to one database, kept from look to look: tests look hundreds of times, and a new connection costs more
 * than what is asked on it.
 */
export function openAdminConnections(cluster: TestCluster, database: string): AdminConnections {
  const url = new URL(cluster.adminUrl)
  url.pathname = `/${database}`
  const pool = new pg.Pool({ connectionString: url.href, max: MOST })
  pool.on('error', () => {}) // a killed connection is replaced
  return {
    async run(sql) {
      const client = await pool.connect()
      let isClean = false
      try {
        const { rows } = await client.query<Record<string, unknown>>(sql)
        // Roles, settings and temporary tables go; refused inside of a transaction that was left open, which ends with its connection.
        isClean = await client.query('discard all').then(
          () => true,
          () => false,
        )
        return rows
      } finally {
        client.release(!isClean)
      }
    },
    close: () => pool.end(),
  }
}
