import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

const LINKS = [
  sql`select from contact where contact.company_id = given.id and contact.deleted_at is null`,
  sql`select from deal where deal.company_id = given.id and deal.deleted_at is null`,
  sql`select from company as daughter where daughter.parent_id = given.id and daughter.deleted_at is null`,
]
const MENTIONS = [
  ...['task', 'note', 'file'].map((table) => sql`select from ${sql.table(table)} as about where about.company_id = given.id and about.deleted_at is null`),
  sql`select from field join field_value as named on named.field_id = field.id and named.sort_text = given.id::text where field.relates_to = 'company'`,
]

const among = async (db: Db, ids: readonly string[], uses: typeof LINKS): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set()
  const isUsed = sql.join(
    uses.map((use) => sql`exists (${use})`),
    sql` or `,
  )
  const { rows } = await sql<{ id: string }>`select given.id from unnest(${[...ids]}::uuid[]) as given (id) where ${isUsed}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Those that living people, deals or daughters belong to. Nobody comes to belong to one that is locked. */
export const linkedCompanies = (db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> => among(db, ids, LINKS)

/** Those too that something is written about, or that a field of another record names. */
export const companiesInUse = (db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> => among(db, ids, [...LINKS, ...MENTIONS])
