import type { z } from 'zod'
import type { ConfigSpec } from '../config.ts'
import type { Ctx } from '../context.ts'
import type { Consumer } from '../events/consumer.ts'
import type { Job } from '../jobs/job.ts'
import type { GoneDocument, SearchPage } from './search-index.ts'

type JobWithHandler = Job & {
  readonly payload: z.ZodType
  readonly timeoutMs: number
  readonly concurrency: number
  readonly handle: (ctx: never, payload: never) => Promise<void>
}

interface SearchingOf<OwnCtx> {
  /** Hear that something changed, and plan to say so. */
  readonly consumers: readonly Consumer[]
  /** Say so. */
  readonly jobs: readonly JobWithHandler[]
  /** Everything of one organisation, page by page, in an order that stays; `after` is the `next` of the page before. */
  readonly page: (ctx: OwnCtx, after: string | null) => Promise<SearchPage>
  /** Those of a page who were erased since it was read. */
  readonly gone: (ctx: OwnCtx, ids: readonly string[]) => Promise<readonly GoneDocument[]>
  /** How many documents that is; `waiting`: changes that the index has not been told of. */
  readonly count: (ctx: OwnCtx) => Promise<{ readonly documents: number; readonly waiting: number }>
}

/** What of a service is in the index beside the database; where there is none, none of it runs and nothing is written for it. */
export type Searching = SearchingOf<Ctx>

/** The word in which a service says so. */
export const searchingKit = <Tables, Spec extends ConfigSpec>() => ({
  // The platform hands it contexts of this service only; in the table of services they are erased.
  searching: (parts: SearchingOf<Ctx<Tables, Spec>>): Searching => parts as unknown as Searching,
})
