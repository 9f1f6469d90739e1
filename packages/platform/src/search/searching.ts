import type { Consumer } from '../events/consumer.ts'
import type { JobHandler, ServiceDefinition } from '../service.ts'
import type { SearchPage } from './search-index.ts'

/** What of a service is in the index; where there is none, none of it runs and nothing is written for it. */
export interface Searching {
  /** Hear that something changed, and plan to say so. */
  readonly consumers: readonly Consumer[]
  /** Say so. */
  readonly jobs: readonly JobHandler[]
  /** Everything of one organisation, page by page, in an order that stays; `after` is the `next` of the page before. */
  readonly page: (ctx: never, after: string | null) => Promise<SearchPage>
  /** How many documents that is; `waiting`: changes that the index has not been told of. */
  readonly count: (ctx: never) => Promise<{ readonly documents: number; readonly waiting: number }>
}

/** The service as it runs beside an index. */
export const withSearching = (definition: ServiceDefinition): ServiceDefinition =>
  definition.searching
    ? {
        ...definition,
        consumers: [...definition.consumers, ...definition.searching.consumers],
        jobs: [...definition.jobs, ...definition.searching.jobs],
      }
    : definition
