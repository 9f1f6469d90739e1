import pg from 'pg'
import { Connection } from './connection.ts'
import { LoginPassword } from './login-password.ts'
import { databaseBusy, databaseUnavailable, isConnectionLoss } from './errors.ts'

export interface PoolSettings {
  readonly maxConnections: number
  /** Callers that may wait for a connection; one more is refused at once. */
  readonly maxWaiting: number
  /** How long a caller waits for a connection. */
  readonly waitTimeoutMs: number
}

export interface ConnectionSettings {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
  /** What the role may have instead while the master secret is exchanged. */
  readonly otherPassword?: string | undefined
  readonly ssl: boolean
}

const IDLE_CONNECTION_MS = 30_000
// SQLSTATE class 53, insufficient resources: among them too_many_connections.
const TOO_MANY = '53'

/** Connections of one role to one database: bounded in number, in waiters and in waiting time. */
export class ConnectionPool {
  readonly #pool: pg.Pool
  readonly #maxWaiting: number
  readonly #password: LoginPassword

  constructor(connection: ConnectionSettings, settings: PoolSettings) {
    this.#maxWaiting = settings.maxWaiting
    this.#password = new LoginPassword(connection)
    this.#pool = new pg.Pool({
      ...connection,
      password: () => this.#password.current,
      application_name: connection.user,
      max: settings.maxConnections,
      connectionTimeoutMillis: settings.waitTimeoutMs,
      idleTimeoutMillis: IDLE_CONNECTION_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    // An idle connection that breaks has left the pool already; the next checkout opens another one.
    this.#pool.on('error', () => {})
    // A busy one that breaks rejects its batch; without a listener the same error would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => {}))
  }

  async checkout(): Promise<Connection> {
    for (;;) {
      const connection = new Connection(await this.#connect())
      if (connection.isIdle) return connection
      connection.destroy()
    }
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#pool.waitingCount >= this.#maxWaiting) throw databaseBusy()
    try {
      return await this.#password.tryWith(() => this.#pool.connect())
    } catch (error) {
      // pg-pool names neither code nor class for it.
      if (error instanceof Error && error.message === 'timeout exceeded when trying to connect') throw databaseBusy()
      // A wrong password or database is a mistake to see as it is.
      throw error instanceof pg.DatabaseError && !isConnectionLoss(error) && !error.code?.startsWith(TOO_MANY) ? error : databaseUnavailable(error)
    }
  }

  get waitingCount(): number {
    return this.#pool.waitingCount
  }
  get connectionCount(): number {
    return this.#pool.totalCount
  }

  /** Waits for running work. */
  async close(): Promise<void> {
    await this.#pool.end()
  }
}
