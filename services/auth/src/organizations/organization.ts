import type { Organization } from '@ai-crm/contracts'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** The organisation of the context. */
export async function readOrganization(db: Kysely<Tables>): Promise<Organization> {
  const row = await db
    .selectFrom('organization')
    .select(['organizationId as id', 'name', 'slug', 'locale', 'timeZone', 'version', 'createdAt', 'deletionRequestedAt', 'deletionRequestedBy', 'erasesAt'])
    .executeTakeFirstOrThrow()
  const { deletionRequestedAt, deletionRequestedBy, erasesAt, createdAt, ...facts } = row
  const deletion =
    deletionRequestedAt && deletionRequestedBy && erasesAt
      ? { requestedAt: deletionRequestedAt.toISOString(), requestedBy: deletionRequestedBy, erasesAt: erasesAt.toISOString() }
      : null
  return { ...facts, createdAt: createdAt.toISOString(), deletion }
}

/** Whether the IANA time zone database of this runtime knows the name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
