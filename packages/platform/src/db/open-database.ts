import type { Connection } from './connection.ts'
import { ConnectionPool, type ConnectionSettings, type PoolSettings } from './connection-pool.ts'
import type { Database, Rows, Statement, TenantContext, Transaction } from './database.ts'
import { isDatabaseBusy } from './errors.ts'
import { InteractiveTransaction, SNAPSHOT } from './interactive-transaction.ts'
import { assertHarmlessRole } from './role-guard.ts'
import { setContext, setReadOnlyContext } from './tenant-context.ts'

const DEFAULT_POOL: PoolSettings = { maxConnections: 8, maxWaiting: 200, waitTimeoutMs: 3_000 }

/** The database as one role sees it. Refuses a role that row-level security does not bind. */
export async function openDatabase(connection: ConnectionSettings, pool: Partial<PoolSettings> = {}): Promise<Database> {
  const connections = new ConnectionPool(connection, { ...DEFAULT_POOL, ...pool })
  try {
    await withConnection(connections, (first) => assertHarmlessRole(first, connection.user))
  } catch (error) {
    await connections.close()
    throw error
  }
  return new PooledDatabase(connections)
}

async function withConnection<Result>(connections: ConnectionPool, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await connections.checkout()
  try {
    const result = await work(connection)
    connection.release()
    return result
  } catch (error) {
    connection.releaseAfter(error)
    throw error
  }
}

class PooledDatabase implements Database {
  readonly #connections: ConnectionPool

  constructor(connections: ConnectionPool) {
    this.#connections = connections
  }

  async read(context: TenantContext, statement: Statement, dueAtMs?: number): Promise<Rows> {
    const [rows] = await this.readAll(context, [statement], dueAtMs)
    if (!rows) throw new Error('PostgreSQL answered no result for a statement.')
    return rows
  }

  async readAll(context: TenantContext, statements: readonly Statement[], dueAtMs?: number): Promise<readonly Rows[]> {
    // The context is computed after a connection was found: the wait for it counts.
    const results = await withConnection(this.#connections, (connection) => connection.run([setReadOnlyContext(context, dueAtMs), ...statements]))
    return results.slice(1)
  }

  async batch(context: TenantContext, statements: readonly Statement[]): Promise<readonly Rows[]> {
    if (statements.length === 0) return []
    const results = await withConnection(this.#connections, (connection) => connection.run([setContext(context), ...statements]))
    return results.slice(1)
  }

  begin(context: TenantContext, dueAtMs?: number): Transaction {
    return new InteractiveTransaction(() => this.#connections.checkout(), context, dueAtMs)
  }

  snapshot(context: TenantContext): Transaction {
    return new InteractiveTransaction(() => this.#connections.checkout(), context, Number.POSITIVE_INFINITY, SNAPSHOT)
  }

  async isHealthy(): Promise<boolean> {
    try {
      await this.read(null, { text: 'select 1', values: [] })
      return true
    } catch (error) {
      // Too much work is no reason to leave the load balancer: then all replicas would leave at once (reliability 1.10).
      return isDatabaseBusy(error)
    }
  }

  close(): Promise<void> {
    return this.#connections.close()
  }
}
