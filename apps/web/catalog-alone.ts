import { api, eventsByService, type Endpoint } from '@ai-crm/contracts'
import type { Plugin } from 'vite'
import { z } from 'zod'

const CATALOG = 'packages/contracts/src/catalog.ts'

/** What the client reads of an endpoint: where it is and how it is called. */
const callOf = ({ name, method, path, access, idempotency, concurrency, produces, response }: Endpoint) => ({
  name,
  method,
  path,
  access: access === 'public' ? access : undefined,
  idempotency: idempotency === 'key' ? idempotency : undefined,
  concurrency: concurrency === 'if-match' ? concurrency : undefined,
  produces,
  response: response && 1,
})

const calls = Object.fromEntries(Object.entries(api).map(([service, endpoints]) => [service, Object.values<Endpoint>(endpoints).map(callOf)]))

/** What the pages about webhooks read of an event: what it is called, and what its data holds. */
const told = Object.fromEntries(
  Object.entries(eventsByService).map(([service, events]) => [
    service,
    events
      .filter(({ visibility }) => visibility === 'public')
      .map(({ type, visibility, hiddenFields, data }) => ({
        type,
        visibility,
        hiddenFields,
        data: { shape: data instanceof z.ZodObject ? Object.fromEntries(Object.keys(data.shape).map((field) => [field, 1])) : {} },
      })),
  ]),
)

/**
 * The catalogue of the contracts without its schemas: servers check requests by them, the app only says them. Building thousands of
 * schemas cost every start of the app a tenth of its time. Pages that do check something import that schema by itself.
 */
export const catalogAlone = (): Plugin => ({
  name: 'catalog-alone',
  enforce: 'pre',
  load: (id) => (id.endsWith(CATALOG) ? `export const api = ${JSON.stringify(calls)}\nexport const eventsByService = ${JSON.stringify(told)}` : null),
})
