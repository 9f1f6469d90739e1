import type { PersonCounts, PersonPart, PersonSubject } from '@ai-crm/contracts'
import { sql, type Kysely } from 'kysely'
import { toSnakeCase } from '../db/names.ts'
import { personTables, type PersonData } from './person-data.ts'
import { spelledOut } from './tell-person.ts'

/** More than this is not counted further. */
const MOST = 100_000

async function count(db: Kysely<unknown>, table: string, where: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from ${sql.table(toSnakeCase(table))} t where ${sql.raw(where)} limit ${MOST}) as found`.execute(db)
  return rows[0]?.count ?? 0
}

async function counted(db: Kysely<unknown>, asked: readonly (readonly [name: string, table: string, where: string])[]): Promise<PersonCounts> {
  const counts: Record<string, number> = {}
  for (const [name, table, where] of asked) {
    const found = await count(db, table, where)
    if (found > 0) counts[name] = found
  }
  return counts
}

/** Whether there is a row in any table that an erasure would erase: the first one that is found answers. */
export async function hasAnything(db: Kysely<unknown>, data: PersonData, subject: PersonSubject): Promise<boolean> {
  for (const [table, { where }] of personTables(data)) {
    const { rows } = await sql`select from ${sql.table(toSnakeCase(table))} t where ${sql.raw(spelledOut(where, subject))} limit 1`.execute(db)
    if (rows.length > 0) return true
  }
  return false
}

/** What an erasure would erase and keep, as things stand. */
export async function countPerson(db: Kysely<unknown>, data: PersonData, subject: PersonSubject): Promise<PersonPart> {
  const erased = await counted(
    db,
    personTables(data).map(([table, { where }]) => [table, table, spelledOut(where, subject)]),
  )
  const kept = await counted(
    db,
    Object.entries(data.kept ?? {}).map(([name, { table, where }]) => [name, table, spelledOut(where, subject)]),
  )
  return { erased, kept }
}
