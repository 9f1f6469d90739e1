import { organizationDeletionScheduled, type Organization } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Ctx, Scope } from '../ctx.ts'
import { pageLink } from '../links/link-token.ts'
import { readOrganization } from '../organizations/organization.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'
import { requestSystemMail } from '../system-mails/request-system-mail.ts'
import { eraseWhenDueJob } from './deletion-job.ts'
import { nameMismatch } from './errors.ts'

/** Begins the grace period; asked again it changes nothing. Every owner is told by mail. Throws `nameMismatch` (422). */
export async function requestDeletion(ctx: Ctx, typedName: string): Promise<Organization> {
  return ctx.write(async (scope) => {
    const { db } = scope
    const organization = await db.selectFrom('organization').select(['name', 'erasesAt']).forUpdate().executeTakeFirstOrThrow()
    if (typedName.trim() !== organization.name.trim()) throw nameMismatch()
    if (organization.erasesAt) return readOrganization(db)
    const graceMs = ctx.config.DELETION_GRACE_HOURS * 3_600_000
    const { erasesAt } = await db
      .updateTable('organization')
      .set({
        deletionRequestedAt: sql<Date>`now()`,
        deletionRequestedBy: ctx.actor.id,
        erasesAt: sql<Date>`date_trunc('milliseconds', now() + ${graceMs}::float8 * interval '1 millisecond')`,
        version: sql`version + 1`,
      })
      .returning('erasesAt')
      .executeTakeFirstOrThrow()
    if (!erasesAt) throw new Error('The end of the grace period was not stored.')
    await scope.enqueue(eraseWhenDueJob, null, { key: 'due', runAt: erasesAt, maxAttempts: 100 })
    await scope.emit(organizationDeletionScheduled({ organizationId: ctx.organizationId, erasesAt: erasesAt.toISOString() }))
    recordSecurityEvent(scope, { kind: 'organization.deleted', details: { erasesAt: erasesAt.toISOString() } })
    await tellOwners(ctx, scope, organization.name, erasesAt)
    return readOrganization(db)
  })
}

async function tellOwners(ctx: Ctx, scope: Pick<Scope, 'db' | 'emit'>, organizationName: string, erasesAt: Date): Promise<void> {
  const owners = await scope.db
    .selectFrom('membership')
    .innerJoin('userAccount', 'userAccount.id', 'membership.userId')
    .select(['userAccount.id', 'userAccount.name', 'userAccount.email', 'userAccount.locale'])
    .where('membership.role', '=', 'owner')
    .where('membership.disabledAt', 'is', null)
    .execute()
  const requestedBy = owners.find(({ id }) => id === ctx.actor.id)?.name ?? organizationName
  const link = pageLink(ctx.config, '/settings/organization')
  for (const { name, email, locale } of owners) {
    const parameters = { name, organizationName, requestedBy, deletesAt: erasesAt.toISOString(), link }
    await requestSystemMail(ctx, scope, { to: email, template: 'organization-deletion-scheduled', locale, parameters })
  }
}
