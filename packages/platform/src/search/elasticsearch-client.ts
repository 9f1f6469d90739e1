import { Client, errors, type estypes } from '@elastic/elasticsearch'
import { isPassingFailure } from '../resilience/passing-failure.ts'
import { resilient } from '../resilience/resilient.ts'

const SEARCH_TIMEOUT_MS = 1_500
const WRITE_TIMEOUT_MS = 30_000

/** Of the two ways to it: one that fails does not switch off the other. */
const NAMES = { asking: 'elasticsearch', telling: 'elasticsearch-writing' } as const

/** 4xx but 429 say that Elasticsearch works and that we asked wrongly. */
export const isFailureOfElasticsearch = (error: unknown): boolean =>
  error instanceof errors.ResponseError ? (error.statusCode ?? 500) >= 500 || error.statusCode === 429 : error instanceof Error

/** Worth the same later: Elasticsearch, or the database that is read for it, is busy or away. */
export const mayPass = (error: unknown): boolean =>
  error instanceof errors.ElasticsearchClientError ? isFailureOfElasticsearch(error) : isPassingFailure(error)

export interface ElasticsearchCalls {
  readonly client: Client
  /** People wait: once, and not for long. */
  asking<Result>(work: (client: Client, signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result>
  /** Nobody waits: up to three times, with backoff. Only for what may be done twice. */
  telling<Result>(work: (client: Client, signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result>
}

/** The official client behind two of the platform's breakers: its own retries are off, for there is one layer of them. Nothing is sent yet. */
export function elasticsearchCalls(url: string): ElasticsearchCalls {
  const client = new Client({ node: url, maxRetries: 0, requestTimeout: WRITE_TIMEOUT_MS, compression: true })
  const common = { isFailure: isFailureOfElasticsearch, failuresInARow: 5 }
  const asked = resilient({ ...common, name: NAMES.asking, totalTimeoutMs: SEARCH_TIMEOUT_MS })
  const told = resilient({ ...common, name: NAMES.telling, totalTimeoutMs: WRITE_TIMEOUT_MS, attempts: 3 })
  return {
    client,
    asking: (work, signal) => asked((own) => work(client, own), signal),
    telling: (work, signal) => told((own) => work(client, own), signal),
  }
}

export type { estypes }
