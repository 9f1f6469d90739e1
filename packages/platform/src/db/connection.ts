import pg from 'pg'
import { deadlineExceeded } from '../deadline.ts'
import { AppError } from '../errors.ts'
import type { Statement } from './database.ts'
import { PreparedStatements } from './prepared-statements.ts'
import { WireBatch, type BatchRows } from './wire-batch.ts'

/** The roles cancel a statement after 5 s; a server that is silent for longer is not there any more (a blackholed network). */
const ANSWER_TIMEOUT_MS = 15_000

// SQLSTATE classes after which a connection's prepared statements or session cannot be relied on:
// connection, feature (changed result type), unknown statement, resources, intervention, system, internal.
const DOUBTFUL_CLASSES = new Set(['08', '0A', '26', '53', '57', '58', 'XX'])
const QUERY_CANCELED = '57014'
const NOT_SENT = deadlineExceeded().code

const statementsOf = new WeakMap<pg.PoolClient, PreparedStatements>()

/** A connection in use by one caller, from checkout to `release` or `destroy`. Batches run one after another. */
export class Connection {
  readonly #client: pg.PoolClient
  readonly #statements: PreparedStatements
  #isReturned = false

  constructor(client: pg.PoolClient) {
    this.#client = client
    this.#statements = statementsOf.get(client) ?? new PreparedStatements()
    statementsOf.set(client, this.#statements)
  }

  get isIdle(): boolean {
    return this.#client.getTransactionStatus() === 'I'
  }

  async run(statements: readonly Statement[]): Promise<readonly BatchRows[]> {
    const batch = new WireBatch(this.#statements, statements)
    const silence = setTimeout(() => this.#client.connection.stream.destroy(new Error('PostgreSQL gave no answer.')), ANSWER_TIMEOUT_MS)
    try {
      this.#client.query(batch)
      return await batch.results
    } finally {
      clearTimeout(silence)
    }
  }

  /** Back to the pool; whoever is not provably outside of any transaction is destroyed instead (reliability 5.4). */
  release(): void {
    if (this.isIdle) this.#return()
    else this.destroy()
  }

  /** After an error: kept only when the server undid everything and the session is beyond doubt. */
  releaseAfter(error: unknown): void {
    if (isSessionIntact(error)) this.release()
    else this.destroy()
  }

  destroy(): void {
    this.#return(new Error('Connection is destroyed after an error.'))
  }

  #return(reason?: Error): void {
    if (this.#isReturned) return
    this.#isReturned = true
    this.#client.release(reason)
  }
}

function isSessionIntact(error: unknown): boolean {
  // The deadline passed before anything was sent.
  if (error instanceof AppError && error.code === NOT_SENT) return true
  if (!(error instanceof pg.DatabaseError)) return false
  return error.code === QUERY_CANCELED || !DOUBTFUL_CLASSES.has(error.code?.slice(0, 2) ?? '')
}
