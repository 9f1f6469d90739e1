import type { ElasticsearchOptions } from './elasticsearch-index.ts'
import type { SearchIndex } from './search-index.ts'

/** The index of an installation in Elasticsearch. Its client is loaded by whoever has one: it is the largest library of the program. */
export async function openSearchIndex(options: ElasticsearchOptions): Promise<SearchIndex> {
  const { createElasticsearchIndex } = await import('./elasticsearch-index.ts')
  return createElasticsearchIndex(options)
}
