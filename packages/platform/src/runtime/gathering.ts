import type { Compilable, RawBuilder } from 'kysely'

export interface GatheringParts<Item, Row> {
  statementOf(items: readonly Item[]): Compilable<Row> | RawBuilder<Row>
  /** Once all of it has committed, lost in a crash; with the rows that the statement returned. */
  onCommitted?(rows: readonly Row[], items: readonly Item[]): void
}

/** One statement for any number of items: a constant of its module. Those of one transaction are few, a batch of events at most. */
export class Gathering<Item, Row = unknown> {
  readonly parts: GatheringParts<Item, Row>
  readonly #items = new WeakMap<object, Item[]>()

  constructor(parts: GatheringParts<Item, Row>) {
    this.parts = parts
  }

  /** The list of a transaction, with the item; null where the transaction has one that it is in now. */
  begin(transaction: object, item: Item): readonly Item[] | null {
    const known = this.#items.get(transaction)
    if (known) {
      known.push(item)
      return null
    }
    const items = [item]
    this.#items.set(transaction, items)
    return items
  }
}

/** See `WriteScope.gather`. */
export const defineGathering = <Item, Row = unknown>(parts: GatheringParts<Item, Row>): Gathering<Item, Row> => new Gathering(parts)
