import { sql } from 'kysely'
import { z } from 'zod'
import type { WriteScope } from '../context.ts'
import type { Job } from '../jobs/job.ts'
import { askScannerVersion } from './clamd.ts'
import { noteVerdict } from './note-verdict.ts'
import { renewalOf } from './renewal-of.ts'
import { scanFile } from './scan-policy.ts'
import type { ScanCtx, ScannedRow, ScannedTable } from './scanned-table.ts'

type Together = Readonly<Record<string, string>>

/** The scanning of such a table: what begins it, and its jobs, each for `kit.job`. */
export function scanningOf<Tables, Row extends ScannedRow>(scanned: ScannedTable<Tables, Row>) {
  const { together, jobs, only } = scanned
  const table = sql.table(scanned.table)
  const job: Job<Together> = { name: jobs.scan, payload: z.object({ [together.key]: z.uuid() }) }
  const renewal = renewalOf(scanned)

  /** Asks about all that wait, until the scanner answers. One after another: what has its verdict keeps it when a later one fails. */
  async function scan(ctx: ScanCtx<Tables>, payload: Together): Promise<void> {
    const { rows } = await sql<Row>`select id, size_bytes, ${scanned.columns} from ${table}
      where ${sql.ref(together.column)} = ${payload[together.key]} and scan_state = 'waiting' and ${only} order by id`.execute(ctx.db)
    const version = rows.length > 0 ? await askScannerVersion(ctx.config, ctx.signal) : null
    for (const row of rows) {
      const verdict = await scanFile(ctx.config, { sizeBytes: row.sizeBytes, blocks: scanned.open(ctx.db, row) }, ctx.signal)
      await ctx.write(async (scope) => {
        // Nobody scans any more: as if nobody had been asked.
        await noteVerdict(ctx, scope, scanned, { row, from: 'waiting', verdict: verdict ?? { state: null, finding: null }, version })
        if (verdict) await renewal.planNext(scope)
      })
    }
  }

  const begin = (scope: Pick<WriteScope<Tables>, 'enqueue'>, id: string): Promise<void> =>
    scope.enqueue(job, { [together.key]: id }, { key: id, maxAttempts: 'endless', keepsWaiting: true })

  return {
    /** Plans that the scanner is asked about new rows, in their transaction. */
    begin,
    /** Has it asked about rows from before there was a scanner: when somebody wants them. */
    beginLate: (ctx: Pick<ScanCtx<Tables>, 'write'>, id: string): Promise<void> =>
      ctx.write(async (scope) => {
        await sql`update ${table} set scan_state = 'waiting' where ${sql.ref(together.column)} = ${id} and scan_state is null`.execute(scope.db)
        await begin(scope, id)
      }),
    scanJob: { ...job, handle: scan, timeoutMs: 300_000, concurrency: 2 },
    renewJob: renewal.job,
    /** For `kit.sweep`. */
    renewSweep: renewal.sweep,
  }
}
