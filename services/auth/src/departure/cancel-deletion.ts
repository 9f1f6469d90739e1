import { organizationDeletionCancelled, type Organization } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx } from '../ctx.ts'
import { readOrganization } from '../organizations/organization.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** Keeps the organisation, as long as erasing has not begun. Where nothing is scheduled, it changes nothing. */
export async function cancelDeletion(ctx: Ctx): Promise<Organization> {
  return ctx.write(async (scope) => {
    const { db } = scope
    const kept = await db
      .updateTable('organization')
      .set({ deletionRequestedAt: null, deletionRequestedBy: null, erasesAt: null, version: sql`version + 1` })
      .where('erasesAt', 'is not', null)
      .where('erasingSince', 'is', null)
      .returning('organizationId')
      .executeTakeFirst()
    if (kept) {
      await scope.emit(organizationDeletionCancelled({ organizationId: ctx.organizationId }))
      recordSecurityEvent(scope, { kind: 'organization.restored' })
    }
    return readOrganization(db)
  })
}
