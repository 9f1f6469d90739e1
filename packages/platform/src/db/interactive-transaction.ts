import type { Connection } from './connection.ts'
import type { Asked, Rows, Statement, TenantContext, Transaction } from './database.ts'
import { endOfTurn } from './end-of-turn.ts'
import { transactionOver } from './errors.ts'
import { leftOf, setContext } from './tenant-context.ts'
import type { BatchRows } from './wire-batch.ts'

const BEGIN: readonly Statement[] = [{ text: 'begin', values: [] }]
/** What is read may have to wait for whoever takes it (a service that is replaced). */
const SNAPSHOT_IDLE_MS = 120_000
export const SNAPSHOT: readonly Statement[] = [
  { text: 'begin isolation level repeatable read read only', values: [] },
  { text: `set local idle_in_transaction_session_timeout = ${SNAPSHOT_IDLE_MS}`, values: [] },
]
const COMMIT: Statement = { text: 'commit', values: [] }
const ROLLBACK: Statement = { text: 'rollback', values: [] }

interface WaitingBatch {
  readonly statements: readonly Asked[]
  readonly resolve: (results: readonly Rows[]) => void
  readonly reject: (error: unknown) => void
}
interface Deferred {
  readonly statement: Asked
  readonly onCommitted: ((rows: Rows) => void) | undefined
}

/**
 * States: new (nothing asked, no connection) → open → over.
 * What is asked in one turn shares a round trip, COMMIT included; asked for all at once, a transaction is one implicit
 * transaction. A failed statement ends the transaction at once: it is rolled back and every later call rejects with
 * that first error.
 */
export class InteractiveTransaction implements Transaction {
  readonly #checkout: () => Promise<Connection>
  readonly #context: TenantContext
  readonly #dueAtMs: number
  readonly #begin: readonly Statement[]
  readonly #deferred: Deferred[] = []
  readonly #deferredToEnd: Deferred[] = []
  readonly #afterCommit: (() => void)[] = []
  #connection: Connection | null = null
  #isOver = false
  #failure: unknown = null
  // One round trip at a time on one connection, in the order of the calls.
  #last: Promise<unknown> = Promise.resolve()
  /** Asked for while a round trip is under way, or in the same turn: they share the next one. */
  #waiting: WaitingBatch[] = []
  #isCommitAsked = false

  constructor(checkout: () => Promise<Connection>, context: TenantContext, dueAtMs = Number.POSITIVE_INFINITY, begin = BEGIN) {
    this.#checkout = checkout
    this.#context = context
    this.#dueAtMs = dueAtMs
    this.#begin = begin
  }

  async query(statement: Statement): Promise<Rows> {
    const [rows] = await this.batch([statement])
    if (!rows) throw new Error('PostgreSQL answered no result for a statement.')
    return rows
  }

  batch(statements: readonly Asked[]): Promise<readonly Rows[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ statements, resolve, reject })
      if (this.#waiting.length === 1) void this.#inOrder(() => this.#flush())
    })
  }

  defer(statement: Asked): void {
    this.#deferred.push({ statement, onCommitted: undefined })
  }

  deferToEnd(statement: Asked, onCommitted?: (rows: Rows) => void): void {
    this.#deferredToEnd.push({ statement, onCommitted })
  }

  afterCommit(work: () => void): void {
    this.#afterCommit.push(work)
  }

  async commit(): Promise<void> {
    // What was asked in this turn and has not left yet takes COMMIT with it.
    this.#isCommitAsked = true
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
    await endOfTurn()
    // `#commit` comes right behind and sends them together with COMMIT.
    if (this.#isCommitAsked && !this.#isOver) return
    const batches = this.#takeWaiting()
    try {
      answer(batches, await this.#run(batches.flatMap(({ statements }) => statements.map(said))))
    } catch (error) {
      for (const { reject } of batches) reject(error)
    }
  }

  #takeWaiting(): readonly WaitingBatch[] {
    const batches = this.#waiting
    this.#waiting = []
    return batches
  }

  async #run(statements: readonly Statement[]): Promise<readonly BatchRows[]> {
    this.#assertUsable()
    if (statements.length === 0) return []
    if (this.#connection) return this.#send(this.#connection, statements)
    this.#connection = await this.#checkout()
    const results = await this.#send(this.#connection, [...this.#begin, setContext(this.#context, this.#dueAtMs), ...statements])
    return results.slice(this.#begin.length + 1)
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
    const batches = this.#takeWaiting()
    try {
      const asked = batches.flatMap(({ statements }) => statements.map(said))
      const deferred = [...this.#deferred, ...this.#deferredToEnd]
      const results = await this.#commitWith([...asked, ...deferred.map(({ statement }) => said(statement))])
      answer(batches, results)
      for (const [index, { onCommitted }] of deferred.entries()) {
        const rows = results[asked.length + index]
        if (onCommitted && rows) runAfterCommit(() => onCommitted(rows))
      }
    } catch (error) {
      for (const { reject } of batches) reject(error)
      throw error
    }
  }

  async #commitWith(statements: readonly Statement[]): Promise<readonly Rows[]> {
    this.#assertUsable()
    if (this.#connection) return this.#commitOpen(this.#connection, statements)
    this.#isOver = true
    if (statements.length === 0) return []
    const connection = await this.#checkout()
    try {
      const results = await connection.run([setContext(this.#context, this.#dueAtMs), ...statements])
      connection.release()
      return results.slice(1)
    } catch (error) {
      this.#failure = error
      connection.releaseAfter(error)
      throw error
    }
  }

  async #commitOpen(connection: Connection, statements: readonly Statement[]): Promise<readonly Rows[]> {
    const results = await this.#send(connection, [...statements, COMMIT])
    this.#isOver = true
    this.#connection = null
    connection.release()
    if (results.at(-1)?.tag !== 'COMMIT') throw transactionOver()
    return results
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

const said = (asked: Asked): Statement => (typeof asked === 'function' ? asked() : asked)

/** Each batch gets its own of the results, which follow one another in the order of the batches. */
function answer(batches: readonly WaitingBatch[], results: readonly Rows[]): void {
  let first = 0
  for (const { statements, resolve } of batches) resolve(results.slice(first, (first += statements.length)))
}

// The data is stored: whoever waits for the commit must not hear of a failure.
function runAfterCommit(work: () => void): void {
  try {
    work()
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}
