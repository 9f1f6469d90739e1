import type { estypes } from '@elastic/elasticsearch'
import { MAX_WORD_LETTERS, MAX_WORDS } from './index-body.ts'
import type { SearchQuestion } from './search-index.ts'

type Query = estypes.QueryDslQueryContainer

/** How something was found: the best way counts alone, and what was found worse than the best of all is left out. */
const TIERS = { spelt: 400, phone: 300, switched: 200, misspelt: 100 } as const
const STEP = 100
/** Of a name, on top of the tier: the rank. */
const MAX_RANK = 3

export interface Routed {
  readonly routing: string
  readonly query: { readonly bool: estypes.QueryDslBoolQuery }
}

/**
 * The one place where questions are put together. Whatever is asked is asked within the organisation: filter and routing are added
 * here and nowhere else, and what people typed only ever stands as a value of term, prefix, fuzzy, match_phrase and match_phrase_prefix,
 * none of which has a language, a script or a name of an index in it.
 */
export function withinOrganization(organizationId: string, filter: readonly Query[], scoring: Omit<estypes.QueryDslBoolQuery, 'filter'> = {}): Routed {
  return { routing: organizationId, query: { bool: { ...scoring, filter: [{ term: { organizationId } }, ...filter] } } }
}

/** Null where no word was typed. */
export function questionOf(organizationId: string, { kind, folded, switched, phone, owners }: SearchQuestion): Routed | null {
  const words = wordsOf(folded)
  const others = wordsOf(switched)
  if (words.length === 0) return null
  const ways: Query[] = [
    scored(TIERS.spelt, words.map(spelt)),
    ...(phone === null ? [] : [scored(TIERS.phone, [fragment(phone)])]),
    ...(others.length === 0 ? [] : [scored(TIERS.switched, others.map(spelt))]),
    scored(TIERS.misspelt, words.map(misspelt)),
  ]
  return withinOrganization(organizationId, [{ term: { kind } }, ...reach(owners)], { must: [{ dis_max: { queries: ways } }], should: [rank(folded.trim())] })
}

/** Of a score, which is a tier and a rank. */
export const rankOf = (score: number): number => Math.min(Math.round(score) % STEP, MAX_RANK)
export const tierOf = (score: number): number => Math.floor(Math.round(score) / STEP)

const wordsOf = (folded: string): string[] => [
  ...new Set(
    folded
      .trim()
      .split(/\s+/u)
      .filter((word) => word !== '')
      .slice(0, MAX_WORDS)
      .map((word) => word.slice(0, MAX_WORD_LETTERS)),
  ),
]

const scored = (boost: number, all: readonly Query[]): Query => ({ constant_score: { boost, filter: { bool: { filter: [...all] } } } })

/** Part of a word, and of one or two letters the beginning: as PostgreSQL's search has it. */
const spelt = (word: string): Query => (word.length < 3 ? { prefix: { words: { value: word } } } : fragment(word))

const fragment = (part: string): Query => ({ match_phrase: { 'words.fragments': { query: part } } })

const misspelt = (word: string): Query =>
  word.length < 3 ? spelt(word) : { bool: { should: [spelt(word), fuzzy('words', word), fuzzy('words.terms', word)], minimum_should_match: 1 } }

/** One letter of three to five, two of more; two exchanged count as one. */
const fuzzy = (field: string, value: string): Query => ({ fuzzy: { [field]: { value, fuzziness: 'AUTO', max_expansions: 50 } } })

const rank = (called: string): Query => ({
  dis_max: {
    queries: [
      { constant_score: { boost: 3, filter: { term: { name: { value: called } } } } },
      { constant_score: { boost: 2, filter: { prefix: { name: { value: called } } } } },
      { constant_score: { boost: 1, filter: { match_phrase_prefix: { 'name.words': { query: called } } } } },
    ],
  },
})

function reach(owners: SearchQuestion['owners']): Query[] {
  if (owners === 'all') return []
  const theirs: Query = { terms: { ownerId: [...owners.ids] } }
  const nobodys: Query = { bool: { must_not: [{ exists: { field: 'ownerId' } }] } }
  return [owners.withNobodys ? { bool: { should: [theirs, nobodys], minimum_should_match: 1 } } : theirs]
}
