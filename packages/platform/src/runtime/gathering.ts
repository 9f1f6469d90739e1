import type { Compilable, RawBuilder } from 'kysely'

export interface GatheringParts<Item, Row> {
  statementOf(items: readonly Item[]): Compilable<Row> | RawBuilder<Row>
  /** Characters of the statement's parameters that are the item's, where those may be many: what is too much for one statement goes into several. */
  sizeOf?(item: Item): number
  /** Once all of it has committed, lost in a crash; with the rows that the statement returned. */
  onCommitted?(rows: readonly Row[], items: readonly Item[]): void
}

/** Well below what the driver takes as one parameter. */
const MOST_CHARACTERS = 400_000

/** One statement for any number of items: a constant of its module. Those of one transaction are few, a batch of events at most. */
export class Gathering<Item, Row = unknown> {
  readonly parts: GatheringParts<Item, Row>
  readonly #lists = new WeakMap<object, { readonly items: Item[]; size: number }>()

  constructor(parts: GatheringParts<Item, Row>) {
    this.parts = parts
  }

  /** A list of the transaction that begins with the item; null where it is in one that has begun. */
  begin(transaction: object, item: Item): readonly Item[] | null {
    const size = this.parts.sizeOf?.(item) ?? 0
    const known = this.#lists.get(transaction)
    if (known && known.size + size <= MOST_CHARACTERS) {
      known.items.push(item)
      known.size += size
      return null
    }
    const items = [item]
    this.#lists.set(transaction, { items, size })
    return items
  }
}

/** See `WriteScope.gather`. */
export const defineGathering = <Item, Row = unknown>(parts: GatheringParts<Item, Row>): Gathering<Item, Row> => new Gathering(parts)
