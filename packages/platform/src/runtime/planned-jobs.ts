import type { Statement, Transaction } from '../db/database.ts'
import type { EnqueueOptions } from '../jobs/job.ts'

/** The jobs that the causes that share a transaction plan: of one key once for all of them. */
export class PlannedJobs {
  readonly #transaction: Transaction
  readonly #byKey = new Map<string, Statement>()

  constructor(transaction: Transaction) {
    this.#transaction = transaction
  }

  /** As if each had been planned by itself: the last one of a key replaces those before, unless it keeps what waits. */
  add(name: string, { key, keepsWaiting }: EnqueueOptions = {}, statement: Statement): void {
    if (key === undefined) return this.#transaction.defer(statement)
    const known = `${name} ${key}`
    if (!this.#byKey.has(known)) this.#transaction.defer(() => this.#byKey.get(known) ?? statement)
    if (!this.#byKey.has(known) || keepsWaiting !== true) this.#byKey.set(known, statement)
  }
}
