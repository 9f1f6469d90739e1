import { afterEach, expect, it } from 'vitest'
import type { Ctx } from '../context.ts'
import { forgetCircuits } from '../resilience/circuits.ts'
import { bulkAnswer, log, standIn } from './elasticsearch-fixture.ts'
import { rebuildIndex } from './rebuild-index.ts'
import type { SearchDocument } from './search-index.ts'

// An Elasticsearch that is busy, refuses or forgets, at the wire. That a whole index is built while people write is tried on a real one:
// services/crm/src/search/index-of-records.int.test.ts.
const organizationId = crypto.randomUUID()
const documents = Array.from({ length: 3 }, (_, at): SearchDocument => ({
  kind: 'contact',
  id: crypto.randomUUID(),
  version: 1,
  name: `anna ${at}`,
  words: 'anna',
  ownerId: null,
}))

afterEach(forgetCircuits)

interface Cluster {
  /** What is said to the nth bulk, from 1. */
  readonly bulk?: (nth: number) => ReturnType<typeof bulkAnswer> | { status: number; body: unknown }
  /** What is counted after so many bulks. */
  readonly count?: (bulks: number) => number
  /** What is said to the nth question of all. */
  readonly first?: (nth: number) => { status: number; body: unknown } | null
  /** Who is erased while a page is on its way. */
  readonly erased?: readonly string[]
}

const busy = { status: 503, body: { error: { type: 'unavailable' } } }

async function rebuildOn({ bulk = () => bulkAnswer(201, 201, 201), count = () => documents.length, first = () => null, erased = [] }: Cluster) {
  let [questions, bulks, answering] = [0, 0, '']
  const said: string[] = []
  const { index } = await standIn((path, body, method) => {
    const refusal = first((questions += 1))
    if (refusal) return refusal
    if (path.endsWith('_bulk')) said.push(body)
    if (path.endsWith('_bulk')) return bulk((bulks += 1))
    if (path.endsWith('_count')) return { body: { count: count(bulks) } }
    if (method === 'POST' && path.endsWith('_aliases')) answering = /"add":\{"index":"([^"]+)"/.exec(body)?.[1] ?? ''
    return { body: {} }
  })
  const build = rebuildIndex({
    index,
    searching: {
      consumers: [],
      jobs: [],
      page: async () => ({ documents, next: null }),
      gone: async () => erased.map((id) => ({ kind: 'erased', id, version: null })),
      count: async () => ({ documents: documents.length, waiting: 0 }),
    },
    async *organizations() {
      yield organizationId
    },
    // oxlint-disable-next-line no-unsafe-type-assertion -- nothing else of a context is asked for
    enter: () => ({ organizationId }) as Ctx,
    isAlone: () => true,
    log,
    signal: new AbortController().signal,
    lookMs: 1,
  })
  const built = await build.catch((error: unknown) => String(error))
  return { built, bulks, answering, said }
}

it('waits for a cluster that is busy, and goes on where it was', async () => {
  const { built, bulks, answering } = await rebuildOn({ bulk: (nth) => (nth <= 4 ? busy : bulkAnswer(201, 201, 201)) })
  expect(built).toMatchObject({ documents: 3, refused: 0 })
  expect([bulks, answering]).toEqual([5, Object(built).generation])
})

it('is done beside what Elasticsearch will never take, and says how much that is', async () => {
  const { built, answering } = await rebuildOn({ bulk: () => bulkAnswer(201, 400, 201), count: () => 2 })
  expect(built).toMatchObject({ documents: 3, refused: 1 })
  expect(answering).not.toBe('')
})

it('brings once more what has not arrived, and then takes over', async () => {
  const { built, bulks } = await rebuildOn({ count: (filled) => (filled < 2 ? 2 : 3) })
  expect([built, bulks]).toEqual([expect.objectContaining({ documents: 3 }), 2])
})

it('brings nobody back who is erased while a page is on its way', async () => {
  const [first] = documents
  const { said, bulks } = await rebuildOn({ erased: [first?.id ?? ''], bulk: (nth) => (nth === 1 ? bulkAnswer(201, 201, 201) : bulkAnswer(200)) })
  expect(bulks).toBe(2)
  expect(said[1]?.trim()).toBe(JSON.stringify({ delete: { _id: `${organizationId}:${first?.id}` } }))
})

it('does not take over while something is missing', async () => {
  const { built, answering } = await rebuildOn({ count: () => 2 })
  expect(built).toContain('has 2 of 3 records')
  expect(answering).toBe('')
})

it('asks once more for whatever was not answered: generations, counts and the change of aliases', async () => {
  const { built, answering } = await rebuildOn({ first: (nth) => (nth % 3 === 1 ? busy : null) })
  expect(built).toMatchObject({ documents: 3 })
  expect(answering).not.toBe('')
})
