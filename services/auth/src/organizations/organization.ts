import type { Organization } from '@ai-crm/contracts'
import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** The organisation of the context. */
export async function readOrganization(db: Kysely<Tables>): Promise<Organization> {
  const row = await db
    .selectFrom('organization')
    .select(['organizationId as id', 'name', 'slug', 'locale', 'timeZone', 'version', 'createdAt'])
    .executeTakeFirstOrThrow()
  return { ...row, createdAt: row.createdAt.toISOString(), deletion: null }
}

/** Whether the IANA time zone database of this runtime knows the name. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
