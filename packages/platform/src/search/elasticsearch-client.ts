import { Client, errors, type estypes } from '@elastic/elasticsearch'
import { resilient } from '../resilience/resilient.ts'

const SEARCH_TIMEOUT_MS = 1_500
const WRITE_TIMEOUT_MS = 30_000

/** 4xx but 429 say that Elasticsearch works and that we asked wrongly. */
export const isFailureOfElasticsearch = (error: unknown): boolean =>
  error instanceof errors.ResponseError ? (error.statusCode ?? 500) >= 500 || error.statusCode === 429 : error instanceof Error

export interface ElasticsearchCalls {
  readonly client: Client
  /** People wait: once, and not for long. */
  asking<Result>(work: (client: Client, signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result>
  /** Nobody waits: up to three times, with backoff. Only for what may be done twice. */
  telling<Result>(work: (client: Client, signal: AbortSignal) => Promise<Result>, signal: AbortSignal): Promise<Result>
}

/** The official client behind the platform's breaker: its own retries are off, for there is one layer of them. Nothing is sent yet. */
export function elasticsearchCalls(url: string): ElasticsearchCalls {
  const client = new Client({ node: url, maxRetries: 0, requestTimeout: WRITE_TIMEOUT_MS, compression: true })
  const common = { name: 'elasticsearch', isFailure: isFailureOfElasticsearch, failuresInARow: 5 }
  const asked = resilient({ ...common, totalTimeoutMs: SEARCH_TIMEOUT_MS })
  const told = resilient({ ...common, totalTimeoutMs: WRITE_TIMEOUT_MS, attempts: 3 })
  return {
    client,
    asking: (work, signal) => asked((own) => work(client, own), signal),
    telling: (work, signal) => told((own) => work(client, own), signal),
  }
}

export type { estypes }
