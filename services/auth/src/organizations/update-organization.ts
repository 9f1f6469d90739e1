import { organizationUpdated, type Organization, type UpdateOrganization } from '@ai-crm/contracts'
import { notFound, versionConflict } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { timeZoneUnknown } from './errors.ts'
import { isTimeZone, readOrganization } from './organization.ts'
import { recordSecurityEvent } from '../security-log/record-security-event.ts'

/** Name, language, time zone. The slug stays: it is an address that customers know. Throws `timeZoneUnknown`, `versionConflict`. */
export async function updateOrganization(ctx: Ctx, expectedVersion: number, input: UpdateOrganization): Promise<Organization> {
  if (input.timeZone !== undefined && !isTimeZone(input.timeZone)) throw timeZoneUnknown()
  return ctx.write(async (scope) => {
    const { db, emit } = scope
    const row = await db.selectFrom('organization').select(['name', 'locale', 'timeZone', 'version']).forNoKeyUpdate().executeTakeFirst()
    if (!row) throw notFound('organization')
    if (row.version !== expectedVersion) throw versionConflict('organization', row.version)
    const next = { name: input.name ?? row.name, locale: input.locale ?? row.locale, timeZone: input.timeZone ?? row.timeZone }
    const changes = {
      ...(next.name === row.name ? {} : { name: { from: row.name, to: next.name } }),
      ...(next.locale === row.locale ? {} : { locale: { from: row.locale, to: next.locale } }),
      ...(next.timeZone === row.timeZone ? {} : { timeZone: { from: row.timeZone, to: next.timeZone } }),
    }
    if (Object.keys(changes).length > 0) {
      await db
        .updateTable('organization')
        .set({ ...next, version: row.version + 1 })
        .execute()
      await emit(organizationUpdated({ organizationId: ctx.organizationId, changes }))
      recordSecurityEvent(scope, { kind: 'organization.changed', details: { fields: Object.keys(changes).join(', ') } })
    }
    return readOrganization(db)
  })
}
