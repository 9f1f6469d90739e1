import { sql, type Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** The organisations that a person may go into, the one of last time first. Ask for who has proven to be this person only. */
export async function findPlaces(db: { readonly db: Kysely<Tables> }, userId: string): Promise<string[]> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId})`.execute(db.db)
  return rows.map(({ organizationId }) => organizationId)
}
