/** What every list answers. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/**
 * All items of a list, page after page, as they are asked for:
 * `for await (const contact of items((cursor) => unwrap(crm.GET('/contacts', { params: { query: { cursor } } }))))`
 */
export async function* items<Item>(load: (cursor: string | undefined) => Promise<Page<Item>>): AsyncGenerator<Item, void, undefined> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Item> = await load(cursor)
    yield* page.items
    cursor = page.nextCursor
  }
}
