/**
 * The one way to PostgreSQL. Implemented by our executor on pg (`open-database.ts`): context and statements go
 * out as Bind/Execute pairs with one Sync, which is one implicit transaction in one round trip.
 */

/** SQL with `$1` parameters, as Kysely compiles it. Text is constant per query shape: it is prepared once per connection. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}
export interface Rows {
  /** Columns in camelCase. */
  readonly rows: readonly Record<string, unknown>[]
  readonly rowCount: number
}

/** The organisation for row-level security, or null: then every tenant table is empty and refuses inserts. */
export type TenantContext = { readonly organizationId: string } | null

/**
 * `dueAtMs` is when nobody waits any more, on the steady clock of this process; without one, never. What is due already
 * is not sent, nor is a COMMIT, and statements are cancelled by the server at that moment.
 */
export interface Database {
  /** One read-only statement, one transaction, one round trip. */
  read(context: TenantContext, statement: Statement, dueAtMs?: number): Promise<Rows>
  /** Read-only statements in one transaction and one round trip: one that fails fails all. */
  readAll(context: TenantContext, statements: readonly Statement[], dueAtMs?: number): Promise<readonly Rows[]>
  /** Statements that commit together, one round trip. */
  batch(context: TenantContext, statements: readonly Statement[]): Promise<readonly Rows[]>
  /** An interactive transaction. BEGIN and the context travel with the first statements. */
  begin(context: TenantContext, dueAtMs?: number): Transaction
  /**
   * Reads that all see the same moment, however long they take: REPEATABLE READ, read only. It holds a connection until
   * `rollback`, and may be idle for longer than other transactions (`SNAPSHOT_IDLE_MS`).
   */
  snapshot(context: TenantContext): Transaction
  isHealthy(): Promise<boolean>
  /** Waits for running work, then closes every connection. */
  close(): Promise<void>
}

/** A function is asked when it leaves: what it says may grow until then. */
export type Asked = Statement | (() => Statement)

export interface Transaction {
  query(statement: Statement): Promise<Rows>
  /** Several statements. What is asked in one turn, here and by `query`, shares a round trip. */
  batch(statements: readonly Asked[]): Promise<readonly Rows[]>
  /** Sent in the same write as COMMIT, in order: no round trip of its own. */
  defer(statement: Asked): void
  /** Like `defer`, behind everything that is deferred: for locks that many transactions take, so that all take them last. `onCommitted` gets the rows, after the commit. */
  deferToEnd(statement: Asked, onCommitted?: (rows: Rows) => void): void
  /** Runs after a successful commit (wake a relay, tell a metric). */
  afterCommit(work: () => void): void
  /** Rejects, with everything undone, if a deferred statement or the commit fails. Opens nothing if nothing was asked. */
  commit(): Promise<void>
  /** Never rejects: a connection that cannot roll back is destroyed. */
  rollback(): Promise<void>
}
