import { sql } from 'kysely'
import type { WriteScope } from '../context.ts'
import type { Verdict } from './clamd.ts'
import type { ScanCtx, ScannedRow, ScannedTable } from './scanned-table.ts'

interface Noted<Row> {
  readonly row: Row
  /** What the row was when the scanner was asked: what has changed meanwhile stays. */
  readonly from: Verdict['state'] | 'waiting'
  readonly verdict: Verdict | { readonly state: null; readonly finding: null }
  readonly version: string | null
}

/** Notes a verdict, and says so where something was found. */
export async function noteVerdict<Tables, Row extends ScannedRow>(
  ctx: ScanCtx<Tables>,
  scope: WriteScope<Tables>,
  scanned: ScannedTable<Tables, Row>,
  { row, from, verdict, version }: Noted<Row>,
): Promise<void> {
  const { numAffectedRows } = await sql`update ${sql.table(scanned.table)}
    set scan_state = ${verdict.state}, scan_finding = ${verdict.finding}, scanned_with = ${version}
    where id = ${row.id} and scan_state = ${from}`.execute(scope.db)
  if (numAffectedRows !== 1n || verdict.state !== 'infected') return
  ctx.log.warn({ fileId: row.id, job: scanned.jobs.scan }, 'a file is infected')
  await scanned.tell(scope, row, verdict.finding ?? '')
}
