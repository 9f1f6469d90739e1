import type { RowReader } from './row-reader.ts'

/** A statement as one connection knows it. `readRow` is null until its first result was described. */
export interface PreparedStatement {
  readonly name: string
  readonly text: string
  readRow: RowReader | null
}

/** Names per connection. Lists of different length (`in (…)`) make many texts: the least recently used is closed. */
const MAX_STATEMENTS = 250

/** The prepared statements of one connection, by text, least recently used first. */
export class PreparedStatements {
  readonly #byText = new Map<string, PreparedStatement>()
  #closing: string[] = []
  #created = 0

  /** Returns the statement and whether the server has yet to parse it. */
  use(text: string): { statement: PreparedStatement; isNew: boolean } {
    const known = this.#byText.get(text)
    if (known) {
      this.#byText.delete(text)
      this.#byText.set(text, known)
      return { statement: known, isNew: false }
    }
    const statement: PreparedStatement = { name: `s${++this.#created}`, text, readRow: null }
    this.#byText.set(text, statement)
    this.#evict()
    return { statement, isNew: true }
  }

  /** After a failure nobody knows whether the server parsed it; names are never used twice, closing an unknown one is no error. */
  forget(statement: PreparedStatement): void {
    if (this.#byText.get(statement.text) === statement) this.#byText.delete(statement.text)
    this.#closing.push(statement.name)
  }

  /** Names to close at the head of the next batch. */
  takeClosing(): readonly string[] {
    if (this.#closing.length === 0) return this.#closing
    const names = this.#closing
    this.#closing = []
    return names
  }

  #evict(): void {
    if (this.#byText.size <= MAX_STATEMENTS) return
    const oldest = this.#byText.values().next()
    if (!oldest.done) this.forget(oldest.value)
  }
}
