import type { ImportSettings, PendingEvent, StageId } from '@ai-crm/contracts'
import type { Ctx, Db, Scope } from '../ctx.ts'
import type { Complaint, Draft, Drafted, DraftedRow } from '../import-reading/draft.ts'
import type { Outcome } from '../operations/operation-progress.ts'

/** What becomes of a row. */
export type Fate =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly recordId: string }
  | { readonly kind: 'skip'; readonly code: string }
  | { readonly kind: 'refuse'; readonly code: string }

/** What is known of some rows, as they are at this moment. */
export interface Met<Made extends Draft> {
  fateOf(draft: Made): Fate
  /** By these a later row is about the same record as an earlier one. */
  keysOf(draft: Made): string[]
  /** Why the row cannot be stored all the same, or null. */
  refusalOf?(draft: Made): string | null
  /** Writes rows about different records, with outcomes and events. Gives back those that have to be looked at again: their record came or went in this moment. */
  store(storing: Storing, news: readonly Drafted<Made>[], updates: ReadonlyMap<string, Drafted<Made>>): Promise<Drafted<Made>[]>
}

/** Of a look ahead, from its first batch to its last: nothing is held, and what rows would do counts for those behind them. */
export interface LookAhead {
  /** How many deals would have entered a stage. */
  readonly entered: Map<StageId, number>
}

export interface Refusal {
  readonly row: DraftedRow
  readonly complaint: Complaint
}

export interface BatchResult {
  /** Of companies and tags that rows name and nobody knew. */
  readonly made: PendingEvent[]
  readonly outcomes: Outcome[]
  readonly refusals: Refusal[]
}

export type ImportScope = Pick<Scope, 'db' | 'emitAll' | 'enqueue'>

/** With what a batch is stored. `asker`: whoever imports. */
export interface Storing {
  readonly asker: Ctx
  readonly scope: ImportScope
  readonly settings: ImportSettings
  readonly result: BatchResult
}

/** What differs from one kind of record to another. */
export interface ImportKind<Made extends Draft> {
  readonly record: Made['record']
  is(draft: Draft): draft is Made
  /** Whom rows are about; nothing is changed. `ahead`: null where they are about to be stored. */
  meet(asker: Ctx, db: Db, settings: ImportSettings, drafts: readonly Made[], ahead: LookAhead | null): Promise<Met<Made>>
}

export const draftsOf = <Made extends Draft>(rows: readonly Drafted<Made>[]): Made[] => rows.map(({ draft }) => draft)
export const complaintOf = (code: string): Complaint => ({ code, column: null, value: '' })
