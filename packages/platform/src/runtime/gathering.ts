import type { Compilable, RawBuilder } from 'kysely'

interface CommonParts<Item, Row> {
  statementOf(items: readonly Item[]): Compilable<Row> | RawBuilder<Row>
  /** Characters of the statement's parameters that are the item's, where those may be many: what is too much for one statement goes into several. */
  sizeOf?(item: Item): number
}

export interface GatheringParts<Item, Row> extends CommonParts<Item, Row> {
  /** Once all of it has committed, lost in a crash; with the rows that the statement returned. */
  onCommitted?(rows: readonly Row[], items: readonly Item[]): void
}

export interface PromptGatheringParts<Item, Row> extends CommonParts<Item, Row> {
  /** Those of one line keep their order among each other too: what makes something, and what takes it away. */
  readonly line?: string
  /** In the transaction, whose COMMIT waits for it: what it stores and emits, by the scopes that items brought along, commits with the statement. */
  onStored?(rows: readonly Row[], items: readonly Item[]): Promise<void> | void
}

/** Well below what the driver takes as one parameter. */
const MOST_CHARACTERS = 400_000

/** What was given in each transaction: lists that grow until they are as long as a statement may be, or are closed. Those of one transaction are few. */
class Lists<Item, Parts extends { sizeOf?(item: Item): number }> {
  readonly parts: Parts
  readonly #lists = new WeakMap<object, { readonly items: Item[]; size: number }>()

  constructor(parts: Parts) {
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

  /** What comes from now on begins a list of its own. */
  close(transaction: object): void {
    this.#lists.delete(transaction)
  }
}

/** One statement for any number of items, which travels with COMMIT: a constant of its module. */
export class Gathering<Item, Row = unknown> extends Lists<Item, GatheringParts<Item, Row>> {}

/** One statement for any number of items, which travels with those of its turn: a constant of its module. */
export class PromptGathering<Item, Row = unknown> extends Lists<Item, PromptGatheringParts<Item, Row>> {}

/** See `WriteScope.gather`. */
export const defineGathering = <Item, Row = unknown>(parts: GatheringParts<Item, Row>): Gathering<Item, Row> => new Gathering(parts)

/**
 * A gathering whose statement keeps its turn: behind all that the transaction asked before its first item, ahead of all that it asks after its last.
 * For what later events of the same batch read or change.
 */
export const definePromptGathering = <Item, Row = unknown>(parts: PromptGatheringParts<Item, Row>): PromptGathering<Item, Row> => new PromptGathering(parts)
