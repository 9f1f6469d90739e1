import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { endExport } from './end-export.ts'
import { clearExportJob } from './export-jobs.ts'

/** A service that dies so often over one organisation will not get through. */
const MOST_RUNS = 10

/** The number of the run that begins with this; null where nobody waits for the part. Nothing of an earlier run counts. */
export async function beginPart(ctx: Ctx, service: string, exportId: string): Promise<number | null> {
  return ctx.write(async (scope) => {
    const { db } = scope
    const part = await db
      .updateTable('exportPart')
      .set({ run: sql`run + 1`, batch: 0, rowCount: 0, fileCount: 0, sizeBytes: 0, archiveBytes: 0, state: 'working' })
      .where('exportId', '=', exportId)
      .where('service', '=', service)
      .where('state', '<>', 'done')
      .where(({ exists, selectFrom }) => exists(selectFrom('organizationExport').select('id').where('id', '=', exportId).where('state', '=', 'running')))
      .returning('run')
      .executeTakeFirst()
    if (!part) return null
    if (part.run > MOST_RUNS) {
      await endExport(scope, exportId, { from: 'running', to: 'failed', problem: service })
      recordSecurityEvent(scope, { kind: 'export.failed', about: { type: 'export', id: exportId }, details: { service } })
      return null
    }
    if (part.run > 1) await scope.enqueue(clearExportJob, { exportId }, { key: exportId, maxAttempts: 100 })
    return part.run
  })
}
