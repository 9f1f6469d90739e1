import { errors } from '@elastic/elasticsearch'
import type { Logger } from 'pino'
import { questionOf, rankOf, tierOf, withinOrganization } from './build-question.ts'
import { elasticsearchCalls, mayPass, type ElasticsearchCalls } from './elasticsearch-client.ts'
import { behind, createGeneration, inletOf, namesOf, removeSilent, switchTo, type Names } from './generations.ts'
import type { FoundDocument, SearchGeneration, SearchIndex, SearchQuestion } from './search-index.ts'
import { searchFallbacks } from './search-metrics.ts'
import { documentIdOf, writeDocuments } from './write-documents.ts'

export interface ElasticsearchOptions {
  readonly url: string
  /** Before the names of indices: several installations can share a cluster. */
  readonly prefix: string
  readonly log: Logger
}

const FORGET_AT_ONCE = 1_000

/** The index of an installation on Elasticsearch 9, by its official client. Resolves at once; that the cluster is away only degrades. */
export function createElasticsearchIndex({ url, prefix, log }: ElasticsearchOptions): SearchIndex {
  const calls = elasticsearchCalls(url)
  const names = namesOf(prefix)
  let isUp = true
  const outage = (error: unknown) => {
    if (isUp) log.warn({ err: error }, 'Elasticsearch does not answer; PostgreSQL searches')
    isUp = false
    searchFallbacks.inc({ reason: 'away' })
    return null
  }
  return {
    async find(organizationId, questions, signal) {
      try {
        const answers = await askAll(calls, names, organizationId, questions, signal)
        isUp = true
        if (answers === null) searchFallbacks.inc({ reason: 'unbuilt' })
        return answers
      } catch (error) {
        if (signal.aborted) throw error
        return outage(error)
      }
    },
    async write(organizationId, load, signal) {
      // Read first, look for generations then: one that begins in between reads what was read here, or later.
      const documents = await load()
      const targets = (await behind(calls, names.fed, signal)).map(inletOf)
      await writeDocuments({ calls, log, organizationId, targets }, documents, signal)
    },
    forget: (organizationId, signal) => forget(calls, names, organizationId, signal),
    isBuilt: async (signal) => (await behind(calls, names.answering, signal)).length > 0,
    async beginGeneration(signal) {
      await removeSilent(calls, names, signal)
      return generationOf(calls, names, log, await createGeneration(calls, names, signal))
    },
    mayPass,
    isHealthy: () => isUp,
    close: () => calls.client.close(),
  }
}

async function askAll(
  calls: ElasticsearchCalls,
  { answering }: Names,
  organizationId: string,
  questions: readonly SearchQuestion[],
  signal: AbortSignal,
): Promise<readonly (readonly FoundDocument[])[] | null> {
  const asked = questions.map((question) => ({ question, routed: questionOf(organizationId, question) }))
  const searches = asked.flatMap(({ question, routed }) =>
    routed
      ? [
          { index: answering, routing: routed.routing },
          { query: routed.query, size: question.limit, _source: false, track_total_hits: false, sort: [{ _score: 'desc' as const }, { name: 'asc' as const }] },
        ]
      : [],
  )
  if (searches.length === 0) return questions.map(() => [])
  const { responses } = await calls.asking((client, own) => client.msearch({ searches }, { signal: own }), signal)
  const answers = [...responses]
  const found: (readonly FoundDocument[])[] = []
  for (const { routed } of asked) {
    const answer = routed ? answers.shift() : null
    if (answer && 'error' in answer) {
      if (answer.error.type === 'index_not_found_exception') return null
      throw new Error(`Elasticsearch does not understand a question: ${answer.error.type}`)
    }
    found.push(answer ? foundIn(organizationId, answer.hits.hits) : [])
  }
  return found
}

/** Of hits in their order, those that were found as well as the first one. What is not of the organisation cannot come; if it did, it ends here. */
function foundIn(organizationId: string, hits: readonly { readonly _id?: string; readonly _score?: number | null }[]): FoundDocument[] {
  const prefix = documentIdOf(organizationId, '')
  const scored = hits.map(({ _id: id = '', _score: score }) => ({ id, tier: tierOf(score ?? 0), rank: rankOf(score ?? 0) }))
  return scored.filter(({ id, tier }) => id.startsWith(prefix) && tier === scored[0]?.tier).map(({ id, rank }) => ({ id: id.slice(prefix.length), rank }))
}

const generationOf = (calls: ElasticsearchCalls, names: Names, log: Logger, name: string): SearchGeneration => ({
  name,
  fill: (organizationId, documents, signal) => writeDocuments({ calls, log, organizationId, targets: [inletOf(name)] }, documents, signal),
  async refresh(signal) {
    await calls.telling((client, own) => client.indices.refresh({ index: name }, { signal: own }), signal)
  },
  async count(organizationId, signal) {
    const { query, routing } = withinOrganization(organizationId, [])
    return calls.telling(async (client, own) => (await client.count({ index: name, routing, query }, { signal: own })).count, signal)
  },
  takeOver: (signal) => switchTo(calls, names, name, signal),
})

/** By ids, page after page: what is found is deleted, until nothing is. */
async function forget(calls: ElasticsearchCalls, { fed, answering }: Names, organizationId: string, signal: AbortSignal): Promise<void> {
  const all = new Set([...(await behind(calls, fed, signal)), ...(await behind(calls, answering, signal))])
  for (const generation of all) for (let gone = FORGET_AT_ONCE; gone > 0;) gone = await forgetSome(calls, generation, organizationId, signal)
}

function forgetSome(calls: ElasticsearchCalls, index: string, organizationId: string, callerSignal: AbortSignal): Promise<number> {
  const { query, routing } = withinOrganization(organizationId, [])
  return calls.telling(async (client, signal) => {
    try {
      await client.indices.refresh({ index }, { signal })
      const { hits } = await client.search({ index, routing, query, size: FORGET_AT_ONCE, _source: false }, { signal })
      const operations = hits.hits.map(({ _id }) => ({ delete: { _id: _id ?? '', routing } }))
      if (operations.length > 0) await client.bulk({ index: inletOf(index), require_alias: true, operations }, { signal })
      return operations.length
    } catch (error) {
      if (error instanceof errors.ResponseError && error.statusCode === 404) return 0
      throw error
    }
  }, callerSignal)
}
