import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { RecordEdit } from './record-edit.ts'

interface Page<Row> {
  items: Row[]
  nextCursor: string | null
}

/** Puts a record that the server has answered into every list of its kind that shows it. */
export function putRow<Row extends { readonly id: string }>(cache: QueryClient, { list }: RecordEdit<Row>, row: Row): void {
  cache.setQueriesData<InfiniteData<Page<Row>>>({ queryKey: ['crm', list] }, (kept) => {
    // Sums and choices stand under the same key; they have no pages.
    if (!kept || !Array.isArray(kept.pages)) return kept
    return { ...kept, pages: kept.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === row.id ? row : item)) })) }
  })
}
