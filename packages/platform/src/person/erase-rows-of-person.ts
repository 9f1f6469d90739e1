import { sql, type Kysely } from 'kysely'
import { toSnakeCase } from '../db/names.ts'
import { listTenantTables } from '../erasure/erase-rows.ts'
import { personTables, type PersonData, type PersonTable } from './person-data.ts'

const BATCH = 500

/** The tables in which something is to be done, children before what they refer to. */
export async function tablesToErase(db: Kysely<unknown>, data: PersonData): Promise<readonly (readonly [string, PersonTable])[]> {
  const order = (await listTenantTables(db)).map(({ name }) => name)
  return personTables(data).toSorted(([a], [b]) => order.indexOf(toSnakeCase(a)) - order.indexOf(toSnakeCase(b)))
}

/** Of one table a batch; in the transaction that knows whom it is about. Answers how many rows. */
export async function eraseSome(db: Kysely<unknown>, table: string, { where, set }: PersonTable): Promise<number> {
  const name = sql.table(toSnakeCase(table))
  const some = sql`ctid = any (array(select t.ctid from ${name} t where ${sql.raw(where)} limit ${BATCH}))`
  const result =
    set === undefined ? await sql`delete from ${name} where ${some}`.execute(db) : await sql`update ${name} set ${sql.raw(set)} where ${some}`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}
