import createClient, { type Client } from 'openapi-fetch'
import type { paths } from '../generated/schema.d.ts'
import type { CrmClientOptions } from './client-options.ts'
import { createSender } from './send.ts'

export type CrmClient = Client<paths>

/**
 * The client of the whole API: `crm.POST('/contacts', { body: { name: 'Ada' } })`, every path and field typed by the OpenAPI
 * document. Each creating call gets an Idempotency-Key, so that it may be repeated; what a repeat may cure (no connection,
 * 429, 502 to 504) is repeated, after Retry-After or with jitter, within a budget of one repeat in ten calls.
 */
export function createCrmClient(options: CrmClientOptions): CrmClient {
  return createClient<paths>({ baseUrl: `${options.url.replace(/\/$/, '')}/api/v1`, fetch: createSender(options) })
}
