import type { Compilable, Kysely, RawBuilder } from 'kysely'
import type { Rows, Statement, Transaction } from '../db/database.ts'
import { rowsOf } from '../db/kysely-for.ts'
import { PromptGathering, type Gathering, type GatheringParts } from './gathering.ts'

/** What the causes that share a transaction gave to gatherings. */
export class Gathered {
  readonly #transaction: Transaction
  /** Prompt ones that still grow: until they leave, or somebody asks for anything else. */
  readonly #open = new Set<{ readonly parts: { readonly line?: string }; close(transaction: object): void }>()
  #unsettled: Promise<void>[] = []

  constructor(transaction: Transaction) {
    this.#transaction = transaction
  }

  add<Item, Row>(db: Kysely<unknown>, gathering: Gathering<Item, Row> | PromptGathering<Item, Row>, item: Item): void {
    if (gathering instanceof PromptGathering && gathering.parts.line !== undefined) this.#closeOthers(gathering, gathering.parts.line)
    const items = gathering.begin(this.#transaction, item)
    if (!items) return
    if (gathering instanceof PromptGathering) this.#ask(db, gathering, items)
    else this.#atCommit(db, gathering, items)
  }

  /** Before any other statement: what is given later must not pass it. */
  closeOpen(): void {
    for (const gathering of this.#open) gathering.close(this.#transaction)
    this.#open.clear()
  }

  #closeOthers(given: object, line: string): void {
    for (const other of this.#open)
      if (other !== given && other.parts.line === line) {
        other.close(this.#transaction)
        this.#open.delete(other)
      }
  }

  get isSettled(): boolean {
    return this.#unsettled.length === 0
  }

  /** Rejects where storing, or what followed from it, failed. */
  async settle(): Promise<void> {
    while (this.#unsettled.length > 0) await Promise.all(this.#unsettled.splice(0))
  }

  #ask<Item, Row>(db: Kysely<unknown>, gathering: PromptGathering<Item, Row>, items: readonly Item[]): void {
    const { parts } = gathering
    const asked = statementOf(db, parts, items)
    this.#open.add(gathering)
    const statement = (): Statement => {
      if (this.#open.delete(gathering)) gathering.close(this.#transaction)
      return asked.statement()
    }
    const stored = this.#transaction.batch([statement]).then(([rows]) => rows && parts.onStored?.(asked.read(rows), items))
    // Its failure is that of the transaction: whoever waits for a later statement or the commit gets it.
    stored.catch(() => undefined)
    if (parts.onStored) this.#unsettled.push(stored)
  }

  #atCommit<Item, Row>(db: Kysely<unknown>, { parts }: Gathering<Item, Row>, items: readonly Item[]): void {
    const asked = statementOf(db, parts, items)
    this.#transaction.deferToEnd(asked.statement, (rows) => parts.onCommitted?.(asked.read(rows), items))
  }
}

/** Built when it leaves: its list may grow until then. */
function statementOf<Item, Row>(db: Kysely<unknown>, parts: Pick<GatheringParts<Item, Row>, 'statementOf'>, items: readonly Item[]) {
  let query: Compilable<Row> | RawBuilder<Row> | null = null
  return {
    statement(): Statement {
      query = parts.statementOf(items)
      const { sql, parameters } = query.compile(db)
      return { text: sql, values: parameters }
    },
    read: ({ rows }: Rows): readonly Row[] => (query ? rowsOf(query, rows) : []),
  }
}
