import pg from 'pg'
import type { Rows, Statement } from './database.ts'
import { databaseUnavailable, isConnectionLoss } from './errors.ts'
import type { PreparedStatement, PreparedStatements } from './prepared-statements.ts'
import { readerOf, type RowReader } from './row-reader.ts'
import { toParameter } from './values.ts'
import { wireOf, type CommandComplete, type DataRow, type RowDescription, type WireConnection, type WireValue } from './wire-types.ts'

/** `tag` is the server's command tag: a COMMIT that rolled back says `ROLLBACK`. */
export interface BatchRows extends Rows {
  readonly tag: string
}

interface Step {
  readonly prepared: PreparedStatement
  readonly isNew: boolean
  readonly values: readonly WireValue[]
}

/**
 * Statements as Bind/Execute pairs with ONE Sync: one write, one round trip, and outside of BEGIN one implicit
 * transaction (PostgreSQL manual 54.2.3): an error skips the rest and undoes all.
 *
 * States: built → sent → answered statement by statement → ready (resolves) | failed → ready (rejects).
 * Rejects only once the server is ready again or the connection is gone, so that its status is known by then.
 */
export class WireBatch {
  readonly results: Promise<readonly BatchRows[]>
  readonly #statements: PreparedStatements
  readonly #steps: readonly Step[]
  readonly #done: BatchRows[] = []
  #readRow: RowReader = noColumns
  #rows: Record<string, unknown>[] = []
  #unreadable: Error | null = null
  #resolve: (results: readonly BatchRows[]) => void = () => {}
  #reject: (error: Error) => void = () => {}

  /** Throws when a value cannot be written (a circular object, more than 1 MiB), before anything is sent. */
  constructor(statements: PreparedStatements, batch: readonly Statement[]) {
    const values = batch.map((statement) => statement.values.map(toParameter))
    this.#statements = statements
    this.#steps = batch.map(({ text }, index) => {
      const { statement, isNew } = statements.use(text)
      return { prepared: statement, isNew, values: values[index] ?? [] }
    })
    this.results = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  submit(connection: pg.Connection): void {
    const wire = wireOf(connection)
    wire.stream.cork()
    for (const name of this.#statements.takeClosing()) wire.close({ type: 'S', name })
    for (const { prepared, isNew, values } of this.#steps) {
      if (isNew) wire.parse({ name: prepared.name, text: prepared.text })
      wire.bind({ statement: prepared.name, values })
      if (prepared.readRow === null) wire.describe({ type: 'P', name: '' })
      wire.execute({})
    }
    wire.sync()
    wire.stream.uncork()
    this.#expect()
  }

  handleRowDescription(description: RowDescription): void {
    this.#readRow = readerOf(description)
  }

  handleDataRow(data: DataRow): void {
    if (this.#unreadable) return
    try {
      this.#rows.push(this.#readRow(data.fields))
    } catch (error) {
      this.#unreadable = error instanceof Error ? error : new Error(String(error))
    }
  }

  handleCommandComplete({ text }: CommandComplete): void {
    const step = this.#steps[this.#done.length]
    if (step) step.prepared.readRow ??= this.#readRow
    const affected = Number(text.slice(text.lastIndexOf(' ') + 1))
    this.#done.push({ rows: this.#rows, rowCount: Number.isInteger(affected) ? affected : 0, tag: text })
    this.#expect()
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  handleReadyForQuery(): void {
    if (this.#unreadable) this.#reject(this.#unreadable)
    else this.#resolve(this.#done)
  }

  handleError(error: Error, connection: pg.Connection): void {
    for (const { prepared, isNew } of this.#steps) if (isNew) this.#statements.forget(prepared)
    if (!(error instanceof pg.DatabaseError)) return this.#reject(databaseUnavailable(error))
    const wire: WireConnection = wireOf(connection)
    const settle = () => {
      wire.off('readyForQuery', settle)
      wire.off('end', settle)
      this.#reject(isConnectionLoss(error) ? databaseUnavailable(error) : error)
    }
    wire.once('readyForQuery', settle)
    wire.once('end', settle)
  }

  /** `copy … from stdin` has no place here. The server answers with an error. */
  handleCopyInResponse(connection: pg.Connection & { sendCopyFail(reason: string): void }): void {
    connection.sendCopyFail('COPY is not supported by this executor')
  }

  handleCopyData(): void {}

  handlePortalSuspended(): void {
    this.#unreadable = new Error('The server suspended a portal that asked for all rows.')
  }

  #expect(): void {
    this.#rows = []
    this.#readRow = this.#steps[this.#done.length]?.prepared.readRow ?? noColumns
  }
}

const noColumns: RowReader = () => ({})
