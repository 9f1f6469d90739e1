import type { Kysely, RawBuilder } from 'kysely'
import type { Ctx, WriteScope } from '../context.ts'
import type { ScannerConfig } from './scanner-variables.ts'

/** What the scanner has to know of a row. `id` is a UUIDv7 of when the row began. */
export interface ScannedRow {
  readonly id: string
  readonly sizeBytes: number
}

/**
 * A tenant table whose rows hold a file of strangers each, with `scan_state`, `scan_finding` (`ScanColumns`) and `scanned_with`: the version of
 * the scanner that gave the verdict. Names of columns are the database's.
 */
export interface ScannedTable<Tables, Row extends ScannedRow> {
  readonly table: string
  /** Rows with the same value here are scanned by one job, whose payload calls it `key`. */
  readonly together: { readonly column: string; readonly key: string }
  /** Names of the job that scans, and of the one that scans again. */
  readonly jobs: { readonly scan: string; readonly renew: string }
  /** What `open` and `tell` need beside `id` and `size_bytes`. */
  readonly columns: RawBuilder<unknown>
  /** Which rows are still given out, and have their bytes. */
  readonly only: RawBuilder<boolean>
  open(db: Kysely<Tables>, row: Row): AsyncIterable<Uint8Array>
  /** In the transaction that notes it; once for each row. */
  tell(scope: WriteScope<Tables>, row: Row, finding: string): Promise<void>
}

export type ScanCtx<Tables> = Pick<Ctx<Tables>, 'db' | 'write' | 'signal' | 'log'> & { readonly config: ScannerConfig }
