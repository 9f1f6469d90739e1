import { auth, type Ctx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { clearExport } from './clear-export.ts'
import { endExport } from './end-export.ts'
import { clearExportJob, expireExportJob, finishExportJob, giveUpExportJob } from './export-jobs.ts'
import { finishExport } from './finish-export.ts'

const MINUTE_MS = 60_000

async function expire(ctx: Ctx, { exportId }: { exportId: string }): Promise<void> {
  await ctx.write((scope) => endExport(scope, exportId, { from: 'ready', to: 'expired' }))
}

/** Says who was not done. */
async function giveUp(ctx: Ctx, { exportId }: { exportId: string }): Promise<void> {
  await ctx.write(async (scope) => {
    const late = await scope.db
      .selectFrom('exportPart')
      .select('service')
      .where('exportId', '=', exportId)
      .where('state', '<>', 'done')
      .limit(1)
      .executeTakeFirst()
    const problem = late?.service ?? 'auth'
    if (!(await endExport(scope, exportId, { from: 'running', to: 'failed', problem }))) return
    recordSecurityEvent(scope, { kind: 'export.failed', about: { type: 'export', id: exportId }, details: { service: problem } })
  })
}

export const exportJobs = [
  auth.job({ ...finishExportJob, timeoutMs: 30 * MINUTE_MS, concurrency: 1, handle: finishExport }),
  auth.job({ ...giveUpExportJob, handle: giveUp }),
  auth.job({ ...expireExportJob, handle: expire }),
  auth.job({ ...clearExportJob, timeoutMs: 10 * MINUTE_MS, concurrency: 1, handle: clearExport }),
]
