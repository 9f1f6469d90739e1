import type { estypes } from '@elastic/elasticsearch'

/** Words that people type are cut to this many letters, and to this many words. */
export const MAX_WORD_LETTERS = 40
export const MAX_WORDS = 8

const text = (analyzer: string) => ({ type: 'text', analyzer, norms: false }) as const

/**
 * How a generation is made. Texts arrive folded (lower case, Cyrillic as Latin letters, no accents of Russian), so that the index
 * and PostgreSQL take the same words for equal; accents of other languages are taken off on top of that. No stemming: these are names, and
 * whoever is called Anderson is not called Andersen.
 */
export const INDEX_BODY: Pick<estypes.IndicesCreateRequest, 'settings' | 'mappings'> = {
  settings: {
    number_of_shards: 1,
    auto_expand_replicas: '0-1',
    refresh_interval: '1s',
    // For how long a deletion keeps an older version from coming back.
    gc_deletes: '1h',
    analysis: {
      tokenizer: {
        fragments: { type: 'ngram', min_gram: 3, max_gram: 3 },
        terms: { type: 'pattern', pattern: '[^\\p{L}\\p{N}]+' },
      },
      analyzer: {
        words: { type: 'custom', tokenizer: 'whitespace', filter: ['lowercase', 'asciifolding'] },
        terms: { type: 'custom', tokenizer: 'terms', filter: ['lowercase', 'asciifolding'] },
        fragments: { type: 'custom', tokenizer: 'fragments', filter: ['lowercase', 'asciifolding'] },
      },
      normalizer: { folded: { type: 'custom', filter: ['lowercase', 'asciifolding'] } },
    },
  },
  mappings: {
    // An unknown field is a mistake of ours, not a new field.
    dynamic: 'strict',
    _routing: { required: true },
    properties: {
      organizationId: { type: 'keyword' },
      kind: { type: 'keyword' },
      ownerId: { type: 'keyword' },
      name: { type: 'keyword', normalizer: 'folded', ignore_above: 400, fields: { words: text('words') } },
      words: {
        ...text('words'),
        fields: { terms: text('terms'), fragments: text('fragments') },
      },
    },
  },
}
