import pg from 'pg'
import type { Logger } from 'pino'
import type { ConnectionSettings } from '../db/connection-pool.ts'
import { LoginPassword } from '../db/login-password.ts'
import { backoffMs } from './backoff.ts'
import { pause } from './pause.ts'

// A session whose process hangs (stopped, swapped out) loses its locks after this long; the relay asks each second.
const IDLE_SESSION_TIMEOUT = '10s'
const QUERY_TIMEOUT_MS = 10_000
const CONNECT_TIMEOUT_MS = 5_000

export interface RelayConnectionOptions {
  /** Name of the service, of its schema and of the channel on which its relays wake each other. */
  readonly service: string
  /** How to log in as `<service>_relay`, directly: session locks and LISTEN do not survive a transaction pooler. */
  readonly login: ConnectionSettings
  readonly log: Logger
}

/**
 * The one direct connection of a service's relay role, shared by relay, retries and jobs.
 * States: connecting → ready → lost → connecting …; closed from any.
 */
export class RelayConnection {
  readonly service: string
  readonly #options: RelayConnectionOptions
  readonly #password: LoginPassword
  readonly #listeners = new Set<() => void>()
  readonly #closing = new AbortController()
  readonly #done: Promise<void>
  #client: pg.Client | null = null
  #session = 0
  #lastQuery: Promise<unknown> = Promise.resolve()

  constructor(options: RelayConnectionOptions) {
    this.service = options.service
    this.#options = options
    this.#password = new LoginPassword(options.login)
    this.#done = this.#connectForever()
  }

  /** Rises with every new session: advisory locks of an earlier one are gone. 0 while there is none. */
  get session(): number {
    return this.#client ? this.#session : 0
  }

  /** Called when a relay of another process rang, and when a new session begins. */
  onWake(listener: () => void): void {
    this.#listeners.add(listener)
  }

  /** Tables are those of the service's schema. Rejects at once while the connection is away. */
  async query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#execute<Row>(text, values)
    return rows
  }

  /** Returns how many rows the statement has touched. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    const { rowCount } = await this.#execute(text, values)
    return rowCount ?? 0
  }

  /** One after another: pg no longer queues statements itself. */
  #execute<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    const result = this.#lastQuery.then(() => this.#executeNow<Row>(text, values))
    this.#lastQuery = result.catch(() => {}) // the caller of that query has its error
    return result
  }

  async #executeNow<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> {
    const client = this.#client
    if (!client) throw new Error(`The database connection of ${this.service}'s relay is away.`)
    try {
      return await client.query<Row>({ name: statementName(text), text, values: [...values] })
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) this.#drop(client)
      throw error
    }
  }

  /** Rings the relays of this service in other processes. */
  async ringOthers(): Promise<void> {
    await this.query('select pg_notify($1, $2)', [this.#channel, ''])
  }

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#client) this.#drop(this.#client)
    await this.#done
  }

  get #channel(): string {
    return `${this.service}.relay`
  }

  async #connectForever(): Promise<void> {
    for (let attempt = 1; !this.#closing.signal.aborted; attempt++) {
      try {
        await this.#holdSession()
        attempt = 0
      } catch (error) {
        this.#options.log.warn({ err: error, service: this.service }, 'relay connection failed')
      }
      if (!this.#closing.signal.aborted) await pause(backoffMs(Math.max(attempt, 1), 100, 2_000), this.#closing.signal)
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      ...this.#options.login,
      password: this.#password.current,
      application_name: `${this.service} relay`,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
    })
    // The end that follows is what counts; without a listener the error would end the process.
    client.on('error', (error) => this.#options.log.warn({ err: error, service: this.service }, 'relay connection lost'))
    try {
      await client.connect()
      return client
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
  }

  /** Resolves when the session has ended. */
  async #holdSession(): Promise<void> {
    const client = await this.#password.tryWith(() => this.#connect())
    const ended = new Promise<void>((resolve) => client.once('end', resolve))
    client.on('notification', () => this.#wake())
    try {
      await client.query("select set_config('search_path', $1, false), set_config('idle_session_timeout', $2, false)", [this.service, IDLE_SESSION_TIMEOUT])
      // The server notices a machine that vanished: first probe after 4 s, given up after 3 more at 2 s each.
      await client.query('set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3')
      // Few rows out of large tables, always by index: with stale statistics the planner would read the whole log instead.
      await client.query('set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off')
      await client.query(`listen ${pg.escapeIdentifier(this.#channel)}`)
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
    this.#session += 1
    this.#client = client
    if (this.#closing.signal.aborted) this.#drop(client)
    this.#wake()
    await ended
    if (this.#client === client) this.#client = null
  }

  #drop(client: pg.Client): void {
    if (this.#client === client) this.#client = null
    // Ends gracefully, or destroys the socket if a query is stuck on it; `end` is emitted either way.
    client.end().catch((error: unknown) => this.#options.log.debug({ err: error }, 'relay connection did not end well'))
  }

  #wake(): void {
    for (const listener of this.#listeners) listener()
  }
}

const names = new Map<string, string>()
/** The same text is prepared once per session under the same name. */
function statementName(text: string): string {
  const name = names.get(text) ?? `relay${names.size + 1}`
  names.set(text, name)
  return name
}
