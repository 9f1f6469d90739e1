import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { WriteScope } from '../context.ts'
import type { Job } from '../jobs/job.ts'
import { askScannerVersion, type Verdict } from './clamd.ts'
import { noteVerdict } from './note-verdict.ts'
import type { ScannerConfig } from './scanner-variables.ts'
import { scanFile } from './scan-policy.ts'
import type { ScanCtx, ScannedRow, ScannedTable } from './scanned-table.ts'

/** Rows of one step, and how long it may take before it leaves the rest to the next one. */
const AT_ONCE = 20
const STEP_MS = 60_000
/** Between two walks: signatures get newer once or a few times a day. */
const LOOK_AGAIN_MS = 3_600_000
const LEAST_REST_MS = 1_000
const DAY_MS = 86_400_000
const KEY = 'renew'

/**
 * Verdicts of the last `RESCAN_DAYS` days are taken anew once the scanner's signatures have changed: what is new passes before anybody knows it.
 * One job per organisation walks from the newest row back in small steps and rests as long as it has worked. How far it came stands in its
 * payload, which verdict is new in each row (`scanned_with`): whoever takes over goes on there. It ends by itself where nothing is young enough, or
 * while nothing is scanned again; an hourly sweep begins it wherever there is something.
 */
export function renewalOf<Tables, Row extends ScannedRow>(scanned: ScannedTable<Tables, Row>) {
  const { jobs, only } = scanned
  const table = sql.table(scanned.table)
  const job: Job<{ before: string | null }> = { name: jobs.renew, payload: z.object({ before: z.uuid().nullable() }) }
  const plan = (scope: Pick<WriteScope<Tables>, 'enqueue'>, before: string | null, inMs: number, keepsWaiting: boolean) =>
    scope.enqueue(job, { before }, { key: KEY, runAt: new Date(Date.now() + inMs), maxAttempts: 'endless', keepsWaiting })

  async function renew(ctx: ScanCtx<Tables>, { before }: { before: string | null }): Promise<void> {
    const startedAt = performance.now()
    const version = await askScannerVersion(ctx.config, ctx.signal)
    if (version === null || !scansAgain(ctx)) return
    const isYoung = youngRows(ctx.config)
    const due = await sql<Row & { scanState: Verdict['state'] }>`select id, size_bytes, scan_state, ${scanned.columns} from ${table}
      where ${isYoung} and scanned_with is distinct from ${version} and (${before}::uuid is null or id < ${before}::uuid)
      order by id desc limit ${AT_ONCE}`.execute(ctx.db)
    let last: string | null = null
    for (const row of due.rows) {
      if (performance.now() - startedAt > STEP_MS) break
      await renewOne(ctx, row, version)
      last = row.id
    }
    const isOver = due.rows.length < AT_ONCE && last === (due.rows.at(-1)?.id ?? null)
    if (!isOver) return ctx.write((scope) => plan(scope, last, Math.max(LEAST_REST_MS, performance.now() - startedAt), false))
    if (await hasYoung(ctx)) await ctx.write((scope) => plan(scope, null, LOOK_AGAIN_MS, false))
  }

  const youngRows = ({ RESCAN_DAYS }: ScannerConfig): RawBuilder<boolean> =>
    sql<boolean>`id >= ${firstIdOf(Date.now() - RESCAN_DAYS * DAY_MS)} and scan_state in ('clean', 'unscannable') and ${only}`

  const hasYoung = async (ctx: Pick<ScanCtx<Tables>, 'db' | 'config'>): Promise<boolean> =>
    (await sql`select from ${table} where ${youngRows(ctx.config)} limit 1`.execute(ctx.db)).rows.length > 0

  /** Of what was scanned while nothing was scanned again. */
  async function beginWhereDue(ctx: ScanCtx<Tables>): Promise<void> {
    if (await hasYoung(ctx)) await ctx.write((scope) => plan(scope, null, 0, true))
  }

  async function renewOne(ctx: ScanCtx<Tables>, row: Row & { scanState: Verdict['state'] }, version: string): Promise<void> {
    const found = await scanFile(ctx.config, { sizeBytes: row.sizeBytes, blocks: scanned.open(ctx.db, row) }, ctx.signal)
    if (!found) return
    // What was found clean does not shut because a limit was lowered.
    const verdict: Verdict = row.scanState === 'clean' && found.state === 'unscannable' ? { state: 'clean', finding: null } : found
    await ctx.write((scope) => noteVerdict(ctx, scope, scanned, { row, from: row.scanState, verdict, version }))
  }

  return {
    job: { ...job, handle: renew, timeoutMs: 300_000, concurrency: 1 },
    sweep: { name: `${jobs.renew}-everywhere`, schedule: '53 * * * *', isNeeded: scansAgain, handle: beginWhereDue },
    /** There is something now that will be old. */
    planNext: (scope: Pick<WriteScope<Tables>, 'enqueue'>) => plan(scope, null, LOOK_AGAIN_MS, true),
  }
}

const scansAgain = ({ config }: { readonly config: ScannerConfig }): boolean => config.CLAMD_URL !== undefined && config.RESCAN_DAYS > 0

/** The lowest UUIDv7 (RFC 9562) of a moment, in milliseconds. */
export function firstIdOf(atMs: number): string {
  const hex = Math.max(0, Math.floor(atMs)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
