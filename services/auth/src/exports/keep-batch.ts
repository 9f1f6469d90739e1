import type { ExportBatch } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx, Db, Scope } from '../ctx.ts'
import { finishExportJob } from './export-jobs.ts'
import { storedBytes } from './stored-bytes.ts'

/**
 * Keeps what a service brings, each batch once and in order. False where it is not wanted: the export is over, or the
 * service has begun anew elsewhere. Throws `notFound` (404) for a batch that has no place.
 */
export async function keepBatch(ctx: Ctx, service: string, batch: ExportBatch): Promise<boolean> {
  return ctx.write(async (scope) => {
    const { db } = scope
    const part = await lockPart(db, service, batch)
    if (!part) return false
    // Brought again, because the answer was lost.
    if (part.state === 'done' || batch.batch < part.batch) return true
    if (batch.batch > part.batch) throw notFound('batch before this one')
    await keep(scope, service, batch)
    await db
      .updateTable('exportPart')
      .set({
        batch: sql`batch + 1`,
        rowCount: sql`row_count + ${batch.rowCount}::bigint`,
        fileCount: sql`file_count + ${batch.files.length}::bigint`,
        sizeBytes: sql`size_bytes + ${batch.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)}::bigint`,
        archiveBytes: sql`archive_bytes + ${storedBytes(batch.chunks)}::bigint`,
        ...(batch.isLast ? { state: 'done' as const } : {}),
      })
      .where('exportId', '=', batch.exportId)
      .where('service', '=', service)
      .execute()
    if (batch.isLast) await finishAfterLast(scope, batch.exportId)
    return true
  })
}

/** Of this run of an export that is running: so nobody cancels it, nor begins it anew, before this commits. */
const lockPart = (db: Db, service: string, { exportId, run }: ExportBatch) =>
  db
    .selectFrom('exportPart')
    .innerJoin('organizationExport', (join) =>
      join.onRef('organizationExport.organizationId', '=', 'exportPart.organizationId').onRef('organizationExport.id', '=', 'exportPart.exportId'),
    )
    .select(['exportPart.state', 'exportPart.batch'])
    .where('exportPart.exportId', '=', exportId)
    .where('exportPart.service', '=', service)
    .where('exportPart.run', '=', run)
    .where('organizationExport.state', '=', 'running')
    .forUpdate('exportPart')
    .forShare('organizationExport')
    .executeTakeFirst()

async function keep({ db, run: send }: Pick<Scope, 'db' | 'run'>, service: string, { exportId, run, chunks, files }: ExportBatch): Promise<void> {
  for (const { file, number, bytes } of chunks)
    send(db.insertInto('exportChunk').values({ exportId, service, run, position: file, number, bytes: Buffer.from(bytes, 'base64') }))
  const rows = files.map(({ position, name, rowCount, sizeBytes, sha256 }) => ({
    exportId,
    service,
    run,
    position,
    name: `${service}/${name}`,
    rowCount,
    sizeBytes,
    sha256: Buffer.from(sha256, 'hex'),
  }))
  if (rows.length > 0) await db.insertInto('exportFile').values(rows).execute()
}

/** Parts that end at the same time take turns: the last one sees that it is. */
async function finishAfterLast({ db, enqueue }: Pick<Scope, 'db' | 'enqueue'>, exportId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('auth.export'), hashtext(${exportId}))`.execute(db)
  const open = await db.selectFrom('exportPart').select('service').where('exportId', '=', exportId).where('state', '<>', 'done').limit(1).executeTakeFirst()
  if (!open) await enqueue(finishExportJob, { exportId }, { key: exportId, maxAttempts: 100 })
}
