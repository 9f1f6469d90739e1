import type { SearchedKind } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'

/** What is looked for: `records` are those that the asker may see at all. */
export interface RecordAsk {
  readonly query: string
  readonly records: readonly SearchedKind[]
  /** Of each kind. */
  readonly limit: number
}

/** A record that may be what was meant. */
export interface Candidate {
  readonly record: SearchedKind
  readonly id: string
  /** 3: it is called so. 2: its name begins so. 1: a word of its name begins so. 0: found by something else, or misspelt. */
  readonly rank: number
}

/**
 * Finds records by words: in the tables of PostgreSQL or in an index that follows them. Both pass one suite. Answers the best
 * first of each kind, within reach as far as the finder knows; null where it cannot answer now, and another has to. What it
 * finds is looked at once more before anybody sees it (`loadFound`): a finder may be behind, never a leak.
 */
export type RecordFinder = (ctx: Ctx, ask: RecordAsk) => Promise<readonly Candidate[] | null>
