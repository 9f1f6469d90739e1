import { EXPORTING_SERVICES, organizationExportRequested, type OrganizationExport } from '@ai-crm/contracts'
import type { Principal } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { exportRunning, organizationLeaves } from './errors.ts'
import { giveUpExportJob } from './export-jobs.ts'
import { readExport } from './export.ts'
import { tellOwners } from './tell-owners.ts'

/** Asks every service for its part. Throws `exportRunning`, `organizationLeaves` (409). */
export async function requestExport(ctx: Ctx, { userId }: Principal): Promise<OrganizationExport> {
  return ctx.write(async (scope) => {
    const { db } = scope
    // Erasing sets its mark under the same lock: an export begins before it, and is cancelled by it, or does not begin.
    const organization = await db.selectFrom('organization').select('erasingSince').forUpdate().executeTakeFirstOrThrow()
    if (organization.erasingSince) throw organizationLeaves()
    const begun = await db
      .insertInto('organizationExport')
      .values({ requestedBy: userId })
      .onConflict((conflict) => conflict.column('organizationId').where('state', '=', sql.lit('running')).doNothing())
      .returning(['id', 'requestedAt'])
      .executeTakeFirst()
    if (!begun) throw exportRunning()
    const { id: exportId, requestedAt } = begun
    await db
      .insertInto('exportPart')
      .values(EXPORTING_SERVICES.map((service) => ({ exportId, service })))
      .execute()
    const runAt = new Date(requestedAt.getTime() + ctx.config.EXPORT_TIMEOUT_HOURS * 3_600_000)
    await scope.enqueue(giveUpExportJob, { exportId }, { key: exportId, runAt })
    await scope.emit(organizationExportRequested({ exportId }))
    recordSecurityEvent(scope, { kind: 'export.requested', about: { type: 'export', id: exportId } })
    await tellOwners(ctx, scope, { requestedBy: userId, requestedAt })
    return readExport(db, exportId)
  })
}
