import { organizationExportReady } from '@ai-crm/contracts'
import { Carrier, type Bring } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Scope } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { expireExportJob } from './export-jobs.ts'
import { MANIFEST_PART, manifestLines, readTotals, sumLines, type Totals } from './manifest.ts'
import { storedBytes } from './stored-bytes.ts'
import { tellOwners } from './tell-owners.ts'

/** Of a file's header in the archive, compressed; about. */
const HEADER_BYTES = 110

/** Every part is here: adds the manifest, and the archive can be downloaded. Begun again it does the same. */
export async function finishExport(ctx: Ctx, { exportId }: { exportId: string }): Promise<void> {
  const running = await ctx.db
    .selectFrom('organizationExport')
    .select('requestedBy')
    .where('id', '=', exportId)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (!running) return
  await dropManifest(ctx, exportId)
  const totals = await readTotals(ctx, exportId)
  let manifestBytes = 0
  const keep = keepManifest(ctx, exportId)
  const carrier = new Carrier((batch) => {
    manifestBytes += storedBytes(batch.chunks)
    return keep(batch)
  })
  await carrier.file('manifest.json', manifestLines(ctx, exportId, totals), () => null)
  await carrier.file('SHA256SUMS', sumLines(ctx, exportId), () => null)
  await carrier.finish()
  await ctx.write((scope) =>
    makeReady(ctx, scope, exportId, { ...totals, archiveBytes: totals.archiveBytes + manifestBytes + HEADER_BYTES * totals.fileCount }),
  )
}

const dropManifest = (ctx: Ctx, exportId: string): Promise<void> =>
  ctx.write(async ({ db }) => {
    for (const table of ['exportChunk', 'exportFile'] as const)
      await db.deleteFrom(table).where('exportId', '=', exportId).where('service', '=', MANIFEST_PART).execute()
  })

/** In the places in which services' files are kept, under no service's name. */
const keepManifest =
  (ctx: Ctx, exportId: string): Bring =>
  ({ chunks, files }) =>
    ctx.write(async ({ db }) => {
      const place = { exportId, service: MANIFEST_PART, run: 1 }
      for (const { file, number, bytes } of chunks)
        await db
          .insertInto('exportChunk')
          .values({ ...place, position: file, number, bytes: Buffer.from(bytes, 'base64') })
          .execute()
      for (const { sha256, ...file } of files)
        await db
          .insertInto('exportFile')
          .values({ ...place, ...file, sha256: Buffer.from(sha256, 'hex') })
          .execute()
      return true
    })

async function makeReady(ctx: Ctx, scope: Pick<Scope, 'db' | 'origin' | 'emit' | 'enqueue' | 'atCommit'>, exportId: string, totals: Totals): Promise<void> {
  const keepMs = ctx.config.EXPORT_KEEP_HOURS * 3_600_000
  const ready = await scope.db
    .updateTable('organizationExport')
    .set({
      state: 'ready',
      readyAt: sql<Date>`now()`,
      expiresAt: sql<Date>`date_trunc('milliseconds', now() + ${keepMs}::float8 * interval '1 millisecond')`,
      rowCount: totals.rowCount,
      fileCount: totals.fileCount,
      sizeBytes: totals.sizeBytes,
      archiveBytes: totals.archiveBytes,
    })
    .where('id', '=', exportId)
    .where('state', '=', 'running')
    .returning(['requestedBy', 'expiresAt'])
    .executeTakeFirst()
  // Cancelled meanwhile.
  if (!ready?.expiresAt) return
  const { requestedBy, expiresAt } = ready
  await scope.enqueue(expireExportJob, { exportId }, { key: exportId, runAt: expiresAt, maxAttempts: 100 })
  await scope.emit(organizationExportReady({ exportId, expiresAt: expiresAt.toISOString() }))
  const about = { type: 'export', id: exportId }
  recordSecurityEvent(scope, { kind: 'export.ready', about, details: { rows: totals.rowCount, files: totals.fileCount, bytes: totals.sizeBytes } })
  await tellOwners(ctx, scope, { requestedBy, expiresAt })
}
