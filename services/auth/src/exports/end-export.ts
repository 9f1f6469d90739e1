import { organizationExportEnded, type ExportState } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'
import { clearExportJob } from './export-jobs.ts'

type Ended = Exclude<ExportState, 'running' | 'ready'>

/** Ends it where it is still in the state that the caller saw; what was brought goes soon after. False: somebody was faster. */
export async function endExport(
  scope: Pick<Scope, 'db' | 'emit' | 'enqueue'>,
  exportId: string,
  { from, to, problem = null }: { from: 'running' | 'ready'; to: Ended; problem?: string | null },
): Promise<boolean> {
  const ended = await scope.db
    .updateTable('organizationExport')
    .set({ state: to, problem, endedAt: sql<Date>`now()` })
    .where('id', '=', exportId)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst()
  if (!ended) return false
  await scope.enqueue(clearExportJob, { exportId }, { key: exportId, maxAttempts: 100 })
  await scope.emit(organizationExportEnded({ exportId, state: to }))
  return true
}
