import { afterEach, expect, it, onTestFinished } from 'vitest'
import { forgetCircuits } from '../resilience/circuits.ts'
import { createElasticsearchIndex } from './elasticsearch-index.ts'
import { bulkAnswer, log, standIn } from './elasticsearch-fixture.ts'
import type { SearchDocument, SearchQuestion } from './search-index.ts'

// How the adapter fails is tried on a stand-in at the wire, for no real server fails on demand. That it finds what it should is
// tried on a real one: services/crm/src/search/find-in-index.int.test.ts.
const signal = new AbortController().signal
const organizationId = crypto.randomUUID()
const document: SearchDocument = { kind: 'contact', id: crypto.randomUUID(), version: 3, name: 'anna', words: 'anna', ownerId: null }
const question: SearchQuestion = { kind: 'contact', folded: 'anna', switched: '', phone: null, owners: 'all', limit: 5 }
const FED = { 'x-records-1': { aliases: { 'x-records-fed': {} } } }

afterEach(forgetCircuits)

it('answers null, and soon, where nobody listens, nobody answers, or the connection breaks: PostgreSQL is asked instead', async () => {
  const nobody = createElasticsearchIndex({ url: 'http://127.0.0.1:9', prefix: 'x', log })
  onTestFinished(() => nobody.close())
  expect(await nobody.find(organizationId, [question], signal)).toBeNull()
  expect(nobody.isHealthy()).toBe(false)
  forgetCircuits()
  for (const said of ['hang', 'cut'] as const) {
    const { index } = await standIn(() => said)
    expect(await index.find(organizationId, [question], signal)).toBeNull()
    forgetCircuits()
  }
})

it('stops asking after five failures in a row, so that no search waits for what is away', async () => {
  const { index, asked } = await standIn(() => ({ status: 503, body: { error: { type: 'unavailable' } } }))
  for (let at = 0; at < 8; at++) expect(await index.find(organizationId, [question], signal)).toBeNull()
  expect(asked).toHaveLength(5)
})

it('goes on searching while nothing can be written, and the other way', async () => {
  const found = { body: { took: 1, responses: [{ took: 1, timed_out: false, hits: { hits: [] }, status: 200 }] } }
  const busy = { status: 503, body: { error: { type: 'unavailable' } } }
  const unwritable = await standIn((path) => (path.endsWith('_msearch') ? found : busy))
  for (let at = 0; at < 3; at++) await expect(unwritable.index.write(organizationId, async () => [document], signal)).rejects.toThrow()
  expect([await unwritable.index.find(organizationId, [question], signal), unwritable.index.isHealthy()]).toEqual([[[]], true])
  forgetCircuits()
  const unsearchable = await standIn((path) => (path.endsWith('_msearch') ? busy : path.endsWith('_bulk') ? bulkAnswer(200) : { body: FED }))
  for (let at = 0; at < 8; at++) expect(await unsearchable.index.find(organizationId, [question], signal)).toBeNull()
  await unsearchable.index.write(organizationId, async () => [document], signal)
  expect(unsearchable.index.isHealthy()).toBe(false)
})

it('answers null while no generation answers', async () => {
  const { index } = await standIn(() => ({ body: { took: 1, responses: [{ error: { type: 'index_not_found_exception' }, status: 404 }] } }))
  expect(await index.find(organizationId, [question], signal)).toBeNull()
  expect(index.isHealthy()).toBe(true)
})

it('drops a hit that is not of the organisation, should one ever come', async () => {
  const hits = [`${crypto.randomUUID()}:${document.id}`, `${organizationId}:${document.id}`].map((_id) => ({ _id, _index: 'x', _score: 403 }))
  const { index } = await standIn(() => ({ body: { took: 1, responses: [{ took: 1, timed_out: false, hits: { hits }, status: 200 }] } }))
  expect(await index.find(organizationId, [question], signal)).toEqual([[{ id: document.id, rank: 3 }]])
})

it('sends a whole part again where a document was postponed, and takes an older version for done', async () => {
  let bulks = 0
  const { index, asked } = await standIn((path) => (path.endsWith('_bulk') ? bulkAnswer(...((bulks += 1) === 1 ? [201, 429] : [200, 409])) : { body: FED }))
  await index.write(organizationId, async () => [document, { ...document, id: crypto.randomUUID() }], signal)
  expect(bulks).toBe(2)
  const [, sent] = asked
  expect(JSON.parse(sent?.body.split('\n')[0] ?? '')).toEqual({ index: { _id: `${organizationId}:${document.id}`, version: 3, version_type: 'external_gte' } })
})

it('leaves out what Elasticsearch will never take, and rejects after three attempts at what it might', async () => {
  const refusing = await standIn((path) => (path.endsWith('_bulk') ? bulkAnswer(400) : { body: FED }))
  await refusing.index.write(organizationId, async () => [document], signal)
  const busy = await standIn((path) => (path.endsWith('_bulk') ? bulkAnswer(429) : { body: FED }))
  await expect(busy.index.write(organizationId, async () => [document], signal)).rejects.toThrow(/postponed/)
  expect(busy.asked.filter(({ path }) => path.endsWith('_bulk'))).toHaveLength(3)
})

it('bounds a request by documents and by letters', async () => {
  const { index, asked } = await standIn((path, body) =>
    path.endsWith('_bulk') ? bulkAnswer(...Array.from({ length: Math.floor(body.split('\n').length / 2) }, () => 200)) : { body: FED },
  )
  await index.write(organizationId, async () => Array.from({ length: 1_100 }, () => document), signal)
  await index.write(organizationId, async () => Array.from({ length: 3 }, () => ({ ...document, words: 'a'.repeat(1_500_000) })), signal)
  expect(asked.filter(({ path }) => path.endsWith('_bulk'))).toHaveLength(3 + 3)
})

it('reads what it writes before it looks for generations: one that begins in between misses nothing', async () => {
  const order: string[] = []
  const { index } = await standIn((path) => {
    order.push(path.endsWith('_bulk') ? 'bulk' : 'generations')
    return path.endsWith('_bulk') ? bulkAnswer(200) : { body: FED }
  })
  const load = async () => {
    order.push('load')
    return [document]
  }
  await index.write(organizationId, load, signal)
  expect(order).toEqual(['load', 'generations', 'bulk'])
})
