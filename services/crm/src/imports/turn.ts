/** What is done in one go where others wait. */
const ENOUGH_MS = 60_000
/** And where nobody does: well below what a job may take. */
const MOST_MS = 10 * 60_000

/**
 * How long an import stores rows before it lets others read. Whoever goes on reads the file from its beginning: so a turn begins with the first row that is
 * stored, however long it took to come there, and lasts while nobody waits.
 */
export class Turn {
  readonly #now: () => number
  #beganAtMs: number | null = null

  constructor(now = () => performance.now()) {
    this.#now = now
  }

  begin(): void {
    this.#beganAtMs ??= this.#now()
  }

  isOver(isWanted: boolean): boolean {
    return this.#beganAtMs !== null && this.#now() - this.#beganAtMs > (isWanted ? ENOUGH_MS : MOST_MS)
  }
}
