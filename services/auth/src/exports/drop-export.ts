import type { OrganizationExport } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { endExport } from './end-export.ts'
import { readExport } from './export.ts'

/** Cancels what is running and deletes what is ready; what is over stays as it is. Throws `notFound` (404). */
export async function dropExport(ctx: Ctx, exportId: string): Promise<OrganizationExport> {
  return ctx.write(async (scope) => {
    const about = { type: 'export', id: exportId }
    if (await endExport(scope, exportId, { from: 'running', to: 'cancelled' })) recordSecurityEvent(scope, { kind: 'export.cancelled', about })
    else if (await endExport(scope, exportId, { from: 'ready', to: 'removed' })) recordSecurityEvent(scope, { kind: 'export.removed', about })
    return readExport(scope.db, exportId)
  })
}
