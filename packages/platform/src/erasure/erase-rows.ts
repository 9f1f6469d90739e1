import { sql, type Kysely } from 'kysely'
import type { WriteScope } from '../context.ts'
import { defineFailpoint } from '../failpoints/failpoint.ts'
import { childrenFirst } from './children-first.ts'

/** Of what is needed of a context: each batch is a transaction under the organisation's row-level security. */
export interface Eraser {
  readonly db: Kysely<unknown>
  readonly signal: AbortSignal
  write<Result>(work: (scope: Pick<WriteScope<unknown>, 'db'>) => Promise<Result>): Promise<Result>
}

const BATCH = 500
const batchErased = defineFailpoint('erasure.batch-committed', 'Some rows of an organisation are erased, others not; by table')

/**
 * Deletes the organisation's rows from every tenant table of the service's schema but `kept`: what PostgreSQL's catalogue
 * knows, so that no table can be forgotten. In batches, children before parents; begun again it goes on where it was.
 */
export async function eraseRows(eraser: Eraser, kept: ReadonlySet<string>): Promise<number> {
  let erased = 0
  for (const { name, refersToItself } of await listTenantTables(eraser.db)) {
    if (kept.has(name)) continue
    // Rows that refer to each other go in one statement: PostgreSQL looks at the end of it.
    const limit = refersToItself ? null : BATCH
    for (let count = 1; count > 0;) {
      eraser.signal.throwIfAborted()
      count = await eraser.write(({ db }) => eraseBatch(db, name, limit))
      erased += count
      batchErased(name)
    }
  }
  return erased
}

/** The job that erases is one of the rows; it ends itself. */
export const ERASE_JOB = 'platform.erase-organization'

async function eraseBatch(db: Kysely<unknown>, table: string, limit: number | null): Promise<number> {
  const own =
    table === 'job' ? sql`organization_id = platform.current_organization() and name <> ${ERASE_JOB}` : sql`organization_id = platform.current_organization()`
  const some = limit === null ? sql`` : sql`limit ${limit}`
  const result = await sql`delete from ${sql.ref(table)} where ctid = any (array(select ctid from ${sql.ref(table)} where ${own} ${some}))`.execute(db)
  return Number(result.numAffectedRows ?? 0)
}

interface TenantTable {
  readonly name: string
  readonly refersToItself: boolean
}

/** Children before what they refer to. */
export async function listTenantTables(db: Kysely<unknown>): Promise<readonly TenantTable[]> {
  const tables = await sql<{ name: string }>`
    select relname::text as name from pg_class
     where relnamespace = current_schema()::regnamespace and relkind = 'r'
       and exists (select from pg_attribute where attrelid = pg_class.oid and attname = 'organization_id' and not attisdropped)
     order by relname`.execute(db)
  const references = await sql<{ child: string; parent: string }>`
    select child.relname::text as child, parent.relname::text as parent
      from pg_constraint join pg_class child on child.oid = conrelid join pg_class parent on parent.oid = confrelid
     where contype = 'f' and connamespace = current_schema()::regnamespace`.execute(db)
  const own = new Set(references.rows.filter(({ child, parent }) => child === parent).map(({ child }) => child))
  const others = references.rows.filter(({ child, parent }) => child !== parent)
  return childrenFirst(
    tables.rows.map(({ name }) => name),
    others,
  ).map((name) => ({ name, refersToItself: own.has(name) }))
}
