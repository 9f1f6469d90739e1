import type { Kysely } from 'kysely'

/** Where a stride begins: of a walk behind a key; null where an index finds the rows. */
export type Start = { readonly after: readonly string[] | null; readonly pageRows: number } | null

export interface Stride {
  /** Rows that were touched. */
  readonly count: number
  /** The key behind which it goes on, an empty one from the beginning; null: everything was looked at. */
  readonly after: readonly string[] | null
}

export interface Step {
  readonly name: string
  /** `found`: where it found something, a look through everything follows. `kept`: it counts what stays. */
  readonly kind: 'mark' | 'found' | 'event' | 'kept'
  /** Part of the work, in the transaction that knows whom it is about. */
  readonly stride: (db: Kysely<unknown>, erasureId: string, start: Start) => Promise<Stride>
}
