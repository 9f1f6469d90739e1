import type { Logger } from 'pino'
import type { ElasticsearchCalls, estypes } from './elasticsearch-client.ts'
import { indexedDocuments } from './search-metrics.ts'
import type { GoneDocument, SearchDocument } from './search-index.ts'

/** One request holds no more than so many documents and letters: what the server, and this process, have to keep at once. */
const MAX_DOCUMENTS = 500
const MAX_LETTERS = 2 * 1024 * 1024

/** Some documents did not arrive for now: the server is busy. */
export class DocumentsPostponed extends Error {
  constructor(count: number) {
    super(`Elasticsearch postponed ${count} documents.`)
    this.name = 'TimeoutError'
  }
}

export interface WriteOrder {
  readonly calls: ElasticsearchCalls
  readonly log: Logger
  readonly organizationId: string
  /** Aliases of single generations: writing to one whose generation is gone makes no index anew. */
  readonly targets: readonly string[]
}

/**
 * Writes documents in their versions to every target. That an older version came too late is as it should be; a document that
 * Elasticsearch will never take is left out, counted and logged, for it would keep all behind it waiting. Rejects where anything
 * has to be sent again: everything, for versions make that harmless. Answers how many were left out, of each target.
 */
export async function writeDocuments(order: WriteOrder, documents: readonly (SearchDocument | GoneDocument)[], signal: AbortSignal): Promise<number> {
  let refused = 0
  for (const target of order.targets) for (const part of inParts(documents)) refused += await writePart(order, target, part, signal)
  return refused
}

export const documentIdOf = (organizationId: string, id: string): string => `${organizationId}:${id}`

async function writePart(
  { calls, log, organizationId }: WriteOrder,
  target: string,
  part: readonly (SearchDocument | GoneDocument)[],
  signal: AbortSignal,
): Promise<number> {
  return calls.telling(async (client, attempt) => {
    const operations = part.flatMap((document) => operationOf(organizationId, document))
    const { items } = await client.bulk({ index: target, routing: organizationId, require_alias: true, operations }, { signal: attempt })
    const outcomes = items.map((item, index) => ({ document: part[index], outcome: outcomeOf(item) }))
    const postponed = outcomes.filter(({ outcome }) => outcome.kind === 'postponed')
    if (postponed.length > 0) throw new DocumentsPostponed(postponed.length)
    for (const { document, outcome } of outcomes) {
      indexedDocuments.inc({ outcome: outcome.kind })
      if (outcome.kind === 'refused') log.error({ kind: document?.kind, aggregate: document?.id, reason: outcome.reason }, 'Elasticsearch refuses a document')
    }
    return outcomes.filter(({ outcome }) => outcome.kind === 'refused').length
  }, signal)
}

function operationOf(organizationId: string, document: SearchDocument | GoneDocument): object[] {
  const { id, version } = document
  const versioned = version === null ? {} : { version, version_type: 'external_gte' }
  const meta = { _id: documentIdOf(organizationId, id), ...versioned }
  if (!('words' in document)) return [{ delete: meta }]
  const { kind, name, words, ownerId } = document
  return [{ index: meta }, { organizationId, kind, name, words, ...(ownerId === null ? {} : { ownerId }) }]
}

type Outcome = { readonly kind: 'written' | 'older' | 'postponed' } | { readonly kind: 'refused'; readonly reason: string }

const GONE = new Set(['index_not_found_exception', 'alias_not_found_exception'])

function outcomeOf(item: Partial<Record<estypes.BulkOperationType, estypes.BulkResponseItem>>): Outcome {
  const { status = 500, error } = item.index ?? item.delete ?? {}
  if (status < 300) return { kind: 'written' }
  if (status === 409) return { kind: 'older' }
  // Nothing to delete; or the generation went while it was written to, and whatever answers now has the document.
  if (status === 404 && (error === undefined || GONE.has(error.type))) return { kind: 'older' }
  if (status === 429 || status >= 500) return { kind: 'postponed' }
  return { kind: 'refused', reason: error?.type ?? `HTTP ${status}` }
}

function inParts(documents: readonly (SearchDocument | GoneDocument)[]): readonly (readonly (SearchDocument | GoneDocument)[])[] {
  const parts: (SearchDocument | GoneDocument)[][] = []
  let letters = Number.POSITIVE_INFINITY
  for (const document of documents) {
    const own = 'words' in document ? document.words.length + document.name.length : 0
    const last = parts.at(-1)
    if (!last || last.length >= MAX_DOCUMENTS || letters + own > MAX_LETTERS) {
      parts.push([document])
      letters = own
    } else {
      last.push(document)
      letters += own
    }
  }
  return parts
}
