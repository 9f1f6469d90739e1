import fc from 'fast-check'
import { expect, it } from 'vitest'
import { questionOf, rankOf, tierOf, withinOrganization } from './build-question.ts'
import type { SearchQuestion } from './search-index.ts'

const organizationId = crypto.randomUUID()
const question = (more: Partial<SearchQuestion>): SearchQuestion => ({
  kind: 'contact',
  folded: 'anna',
  switched: 'фттф',
  phone: null,
  owners: 'all',
  limit: 5,
  ...more,
})

/** Every key of every object in a query, with what stands under it. */
function entriesIn(value: unknown): (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [[key, inner] as const, ...entriesIn(inner)])
}

const WAYS = new Set(['bool', 'constant_score', 'dis_max', 'exists', 'fuzzy', 'match_phrase', 'match_phrase_prefix', 'prefix', 'term', 'terms'])
const PARTS = new Set([
  'filter',
  'must',
  'must_not',
  'should',
  'minimum_should_match',
  'queries',
  'boost',
  'value',
  'query',
  'fuzziness',
  'max_expansions',
  'field',
])
const FIELDS = new Set(['organizationId', 'kind', 'ownerId', 'name', 'name.words', 'words', 'words.terms', 'words.fragments'])

it('asks within the organisation, whatever is typed: no letter of it becomes a key, a field or another index', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.constantFrom('organizationId:*', '*) OR (*', '{"match_all":{}}', '_index:other', '${ctx}', '../_all', '" OR "a"="a', '\\u0000', 'a AND NOT b~2 /r.*/'),
  )
  fc.assert(
    fc.property(typed, typed, fc.option(fc.string()), (folded, switched, phone) => {
      const routed = questionOf(organizationId, question({ folded, switched, phone }))
      if (!routed) return
      expect(routed.routing).toBe(organizationId)
      expect(routed.query.bool.filter).toContainEqual({ term: { organizationId } })
      expect(Object.keys(routed)).toEqual(['routing', 'query'])
      const strange = entriesIn(routed.query).flatMap(([key]) => (WAYS.has(key) || PARTS.has(key) || FIELDS.has(key) || /^\d$/.test(key) ? [] : [key]))
      expect(strange).toEqual([])
    }),
    { numRuns: 100 },
  )
})

it('cannot be asked past the organisation by what is added to it', () => {
  const other = { term: { organizationId: crypto.randomUUID() } }
  const { query } = withinOrganization(organizationId, [other], { should: [other] })
  expect(query.bool.filter).toEqual([{ term: { organizationId } }, other])
})

it('asks for nobody’s things only where those are in reach', () => {
  const own = JSON.stringify(questionOf(organizationId, question({ owners: { ids: ['me'], withNobodys: false } })))
  const team = JSON.stringify(questionOf(organizationId, question({ owners: { ids: ['me', 'mate'], withNobodys: true } })))
  expect(own).toContain('"terms":{"ownerId":["me"]}')
  expect(own).not.toContain('must_not')
  expect(team).toContain('must_not')
})

it('bounds what is typed: eight words, forty letters of each', () => {
  const text = JSON.stringify(
    questionOf(organizationId, question({ folded: `${'x'.repeat(100)} ${Array.from({ length: 50 }, (_, at) => `word${at}`).join(' ')}` })),
  )
  expect(text).toContain('x'.repeat(40))
  expect(text).toContain('"query":"word6"')
  expect(text).not.toContain('"query":"word7"')
})

it('asks nothing where nothing was typed', () => {
  expect(questionOf(organizationId, question({ folded: '  ' }))).toBeNull()
})

it('reads tier and rank out of a score', () => {
  expect([tierOf(403), rankOf(403), tierOf(100), rankOf(100)]).toEqual([4, 3, 1, 0])
})
