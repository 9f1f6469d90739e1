import type { Connection } from './connection.ts'
import type { Rows, Statement, TenantContext, Transaction } from './database.ts'
import { transactionOver } from './errors.ts'
import { leftOf, setContext } from './tenant-context.ts'
import type { BatchRows } from './wire-batch.ts'

const BEGIN: Statement = { text: 'begin', values: [] }
const COMMIT: Statement = { text: 'commit', values: [] }
const ROLLBACK: Statement = { text: 'rollback', values: [] }

interface WaitingBatch {
  readonly statements: readonly Statement[]
  readonly resolve: (results: readonly Rows[]) => void
  readonly reject: (error: unknown) => void
}

/**
 * States: new (nothing asked, no connection) → open → over.
 * `new` commits without a connection, or, with deferred statements only, as one implicit transaction. A failed
 * statement ends the transaction at once: it is rolled back and every later call rejects with that first error.
 */
export class InteractiveTransaction implements Transaction {
  readonly #checkout: () => Promise<Connection>
  readonly #context: TenantContext
  readonly #dueAtMs: number
  readonly #deferred: Statement[] = []
  readonly #deferredToEnd: Statement[] = []
  readonly #afterCommit: (() => void)[] = []
  #connection: Connection | null = null
  #isOver = false
  #failure: unknown = null
  // One round trip at a time on one connection, in the order of the calls.
  #last: Promise<unknown> = Promise.resolve()
  /** Asked for while a round trip is under way, or in the same turn: they share the next one. */
  #waiting: WaitingBatch[] = []

  constructor(checkout: () => Promise<Connection>, context: TenantContext, dueAtMs = Number.POSITIVE_INFINITY) {
    this.#checkout = checkout
    this.#context = context
    this.#dueAtMs = dueAtMs
  }

  async query(statement: Statement): Promise<Rows> {
    const [rows] = await this.batch([statement])
    if (!rows) throw new Error('PostgreSQL answered no result for a statement.')
    return rows
  }

  batch(statements: readonly Statement[]): Promise<readonly Rows[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject })
      if (this.#waiting.length === 1) void this.#inOrder(() => this.#flush())
    })
  }

  defer(statement: Statement): void {
    this.#deferred.push(statement)
  }

  deferToEnd(statement: Statement): void {
    this.#deferredToEnd.push(statement)
  }

  afterCommit(work: () => void): void {
    this.#afterCommit.push(work)
  }

  async commit(): Promise<void> {
    await this.#inOrder(() => this.#commit())
    for (const work of this.#afterCommit) runAfterCommit(work)
  }

  async rollback(): Promise<void> {
    await this.#inOrder(() => this.#rollback())
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work)
    // The caller gets the rejection; the queue only needs to know that it is over.
    this.#last = result.catch(() => undefined)
    return result
  }

  /** Never rejects: whoever waits has the error. */
  async #flush(): Promise<void> {
    const batches = this.#waiting
    this.#waiting = []
    try {
      const results = await this.#run(batches.flatMap(({ statements }) => statements))
      let first = 0
      for (const { statements, resolve } of batches) resolve(results.slice(first, (first += statements.length)))
    } catch (error) {
      for (const { reject } of batches) reject(error)
    }
  }

  async #run(statements: readonly Statement[]): Promise<readonly BatchRows[]> {
    this.#assertUsable()
    if (statements.length === 0) return []
    if (this.#connection) return this.#send(this.#connection, statements)
    this.#connection = await this.#checkout()
    const results = await this.#send(this.#connection, [BEGIN, setContext(this.#context, this.#dueAtMs), ...statements])
    return results.slice(2)
  }

  async #send(connection: Connection, statements: readonly Statement[]): Promise<readonly BatchRows[]> {
    try {
      leftOf(this.#dueAtMs)
      return await connection.run(statements)
    } catch (error) {
      this.#failure = error
      await this.#rollback()
      throw error
    }
  }

  async #commit(): Promise<void> {
    this.#assertUsable()
    if (this.#connection) return this.#commitOpen(this.#connection)
    this.#isOver = true
    const atCommit = [...this.#deferred, ...this.#deferredToEnd]
    if (atCommit.length === 0) return
    const connection = await this.#checkout()
    try {
      await connection.run([setContext(this.#context, this.#dueAtMs), ...atCommit])
      connection.release()
    } catch (error) {
      connection.releaseAfter(error)
      throw error
    }
  }

  async #commitOpen(connection: Connection): Promise<void> {
    const results = await this.#send(connection, [...this.#deferred, ...this.#deferredToEnd, COMMIT])
    this.#isOver = true
    this.#connection = null
    connection.release()
    if (results.at(-1)?.tag !== 'COMMIT') throw transactionOver()
  }

  async #rollback(): Promise<void> {
    this.#isOver = true
    const connection = this.#connection
    this.#connection = null
    if (!connection) return
    // A failed COMMIT (a deferred constraint) has ended the transaction on the server already.
    if (connection.isIdle) return connection.release()
    try {
      await connection.run([ROLLBACK])
      connection.release()
    } catch {
      connection.destroy() // which is the rollback: the server undoes what its client never committed
    }
  }

  #assertUsable(): void {
    if (this.#failure) throw this.#failure
    if (this.#isOver) throw transactionOver()
  }
}

// The data is stored: whoever waits for the commit must not hear of a failure.
function runAfterCommit(work: () => void): void {
  try {
    work()
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}
